package dev.muster.server.log;

import dev.muster.kernel.KernelRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A position that only grows, and those who wait for it. */
final class PositionGate {

    private volatile long reached = -1;
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>((a, b) -> Long.compare(a.position, b.position));

    private record Waiter(long position, MonoSink<Void> sink) {}

    long reached() {
        return reached;
    }

    void advance(long position) {
        List<Waiter> served = new ArrayList<>();
        synchronized (waiters) {
            reached = position;
            while (!waiters.isEmpty() && waiters.peek().position <= position) {
                served.add(waiters.poll());
            }
        }
        served.forEach(waiter -> waiter.sink.success());
    }

    Mono<Void> await(long position, Duration waitMax) {
        if (reached >= position) {
            return Mono.empty();
        }
        return Mono.<Void>create(sink -> {
                    Waiter waiter = new Waiter(position, sink);
                    synchronized (waiters) {
                        if (reached < position) {
                            waiters.add(waiter);
                            sink.onDispose(() -> {
                                synchronized (waiters) {
                                    waiters.remove(waiter);
                                }
                            });
                            return;
                        }
                    }
                    sink.success();
                })
                .timeout(waitMax)
                .onErrorMap(
                        TimeoutException.class,
                        e -> KernelRefusal.NOT_CAUGHT_UP.because(
                                "Position " + position + " is not reached yet; this node is at " + reached + "."));
    }
}
