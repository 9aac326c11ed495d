package dev.muster.updates.goosebit;

import dev.muster.updates.UpdateSettings.External;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Another service that says whether a token is good. */
@FunctionalInterface
public interface OutsideTokens {

    Mono<Verdict> ask(External service, String token, String device);

    /** @param unreachable why it could not be asked, or null */
    record Verdict(boolean good, @Nullable String unreachable) {}
}
