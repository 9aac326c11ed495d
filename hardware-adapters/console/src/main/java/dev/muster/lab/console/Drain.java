package dev.muster.lab.console;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a piece of work once more whenever something happened, never twice at a time and never on the caller's thread. */
final class Drain {

    private final Executor executor;
    private final Runnable work;
    private final AtomicInteger wishes = new AtomicInteger();

    Drain(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    void wake() {
        if (wishes.getAndIncrement() == 0) {
            executor.execute(this::run);
        }
    }

    private void run() {
        int served = wishes.get();
        do {
            work.run();
            served = wishes.addAndGet(-served);
        } while (served != 0);
    }
}
