package dev.muster.apps;

import dev.muster.identity.Caller;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Numbers that agents know people by. */
public interface AppAccounts {

    /** Their number; they get one when they have none. */
    Mono<Long> of(Caller caller);

    /** Whose number it is, as {@link Caller#person()} has it; null when nobody's. */
    @Nullable
    String person(long key);
}
