package dev.muster.wamp;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after the other, in the order in which it was given, on threads of an executor. A task that
 * gives it another is not interrupted by that. What is given must be bounded by the giver: sockets stop reading while
 * much of theirs waits here.
 */
final class SerialLoop implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialLoop.class);

    /** After so many tasks in a row others may have the thread. */
    private static final int TURN_MAX = 512;

    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Tasks that were given and are not done. Whoever makes it one sees to it that they are run. */
    private final AtomicInteger waiting = new AtomicInteger();

    SerialLoop(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            threads.execute(this::turn);
        }
    }

    private void turn() {
        int done = 0;
        while (true) {
            Runnable task = tasks.poll();
            if (task != null) {
                run(task);
                done++;
            }
            if (waiting.decrementAndGet() == 0) {
                return;
            }
            if (done >= TURN_MAX) {
                threads.execute(this::turn);
                return;
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // An error too: the loop must go on, or nobody is ever served again.
            LOG.error("A task of the router failed", e);
        }
    }
}
