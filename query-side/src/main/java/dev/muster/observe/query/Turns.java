package dev.muster.observe.query;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Work that is done by one at a time and whose outcome many want. Who asks while it goes on gets the next turn: that
 * one begins after the question, so it knows all that was known then, and all who wait share it. A turn that has begun
 * is finished though nobody waits for it any more, as what came of it serves the next.
 */
final class Turns<T> {

    private final Mono<T> work;
    private boolean busy;
    /** The turn that has not begun. */
    private Sinks.@Nullable One<T> waiting;

    /** @param work ends with a value or an error */
    Turns(Mono<T> work) {
        this.work = work;
    }

    /** What comes of the next turn, which begins at once or when the one before has ended. */
    Mono<T> next() {
        return Mono.defer(() -> {
            Sinks.One<T> turn = joined();
            begin();
            return turn.asMono();
        });
    }

    private synchronized Sinks.One<T> joined() {
        Sinks.One<T> turn = waiting == null ? Sinks.one() : waiting;
        waiting = turn;
        return turn;
    }

    /** Not under the lock: whoever waits is told on this thread when the work fails at once. */
    private void begin() {
        Sinks.One<T> turn = begun();
        if (turn != null) {
            work.doFinally(end -> ended()).subscribe(turn::tryEmitValue, turn::tryEmitError);
        }
    }

    /** The turn that may begin now; null when there is none, or one goes on. */
    private synchronized Sinks.@Nullable One<T> begun() {
        if (busy) {
            return null;
        }
        Sinks.One<T> turn = waiting;
        waiting = null;
        busy = turn != null;
        return turn;
    }

    private void ended() {
        synchronized (this) {
            busy = false;
        }
        begin();
    }
}
