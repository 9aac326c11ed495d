package dev.muster.staging.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.kernel.Timers;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Starts what is staged at the time its plan names. What is not ready by then starts when it is; what was stopped is
 * left alone.
 */
public final class TimedStarts {

    private final String owner;
    private final Timers timers;

    /**
     * @param owner of the timers
     * @param start orders the start of what has this id
     */
    public TimedStarts(String owner, Timers timers, Function<String, CompletableFuture<?>> start) {
        this.owner = owner;
        this.timers = timers;
        timers.onDue(owner, (key, payload) -> {
            try {
                Await.done(start.apply(key));
            } catch (Refused e) {
                // Somebody started or stopped it first: their word counts. A house that is too busy has said nothing.
                if (e.refusal().kind() == Refusal.Kind.UNAVAILABLE) {
                    throw e;
                }
            }
        });
    }

    public void at(String id, Instant when) {
        timers.set(owner, id, when, new byte[0]);
    }

    public void never(String id) {
        timers.cancel(owner, id);
    }
}
