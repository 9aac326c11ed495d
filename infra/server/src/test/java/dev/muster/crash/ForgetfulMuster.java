package dev.muster.crash;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Muster as it must not be: events are put into a queue, the caller is told that all is well, and a little later they
 * are written. The crash test has to notice.
 */
public final class ForgetfulMuster {

    private static final Duration LATE = Duration.ofMillis(20);

    private ForgetfulMuster() {}

    public static void main(String[] args) {
        ExecutorService queue = Executors.newSingleThreadExecutor();
        OddMuster.run(args, beans -> (events, really) -> {
            queue.execute(() -> late(really));
            return null;
        });
    }

    private static void late(OddMuster.Really really) {
        LockSupport.parkNanos(LATE.toNanos());
        try {
            really.append();
        } catch (Throwable e) {
            e.printStackTrace();
        }
    }
}
