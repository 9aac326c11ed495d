package dev.muster.registry.query;

import dev.muster.kernel.KernelRefusal;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A few threads for answers that would hold up an event loop: looking through the fleet, reading the log. What finds
 * no place to wait is refused at once instead of piling up.
 */
public final class Offload implements Disposable {

    private final Scheduler scheduler;

    /**
     * @param threads how many answers are worked on at a time
     * @param waitingMax how many more may wait
     */
    public Offload(int threads, int waitingMax) {
        this.scheduler = Schedulers.newBoundedElastic(threads, Math.max(1, waitingMax / threads), "answers");
    }

    /** Works it out elsewhere; empty when it works out as null. */
    public <T> Mono<T> ask(Callable<? extends @Nullable T> question) {
        return Mono.<T>fromCallable(question)
                .subscribeOn(scheduler)
                .onErrorMap(
                        RejectedExecutionException.class,
                        full -> KernelRefusal.OVERLOADED.because("Too many questions are waiting already."));
    }

    @Override
    public void dispose() {
        scheduler.dispose();
    }
}
