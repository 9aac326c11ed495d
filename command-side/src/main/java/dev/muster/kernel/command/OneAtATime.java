package dev.muster.kernel.command;

import dev.muster.kernel.KernelRefusal;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A door that lets one piece of work through at a time, in order of arrival: {@link OneAtATimePer} with a single queue.
 * The next one starts on the thread on which the one before ended, so the queue may not be long.
 */
public final class OneAtATime {

    private static final String DOOR = "door";

    private final OneAtATimePer<String> queue;

    /**
     * @param waitingMax pieces of work that wait or run
     * @param overloaded what those are told, with {@link KernelRefusal#OVERLOADED}, who come when there are more
     */
    public OneAtATime(int waitingMax, String overloaded) {
        this.queue = new OneAtATimePer<>(waitingMax, overloaded, Schedulers.immediate());
    }

    public <T> Mono<T> run(Mono<T> work) {
        return queue.run(DOOR, work);
    }
}
