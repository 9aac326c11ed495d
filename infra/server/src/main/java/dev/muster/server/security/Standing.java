package dev.muster.server.security;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.command.SignedIn;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The credential of the request at hand, to be looked at again while something goes on that it let in. Stands in the
 * Reactor context under {@code Standing.class}.
 */
@FunctionalInterface
public interface Standing {

    /** Who it proves at this moment; empty once it proves nobody. Does not count as its use, and never blocks. */
    Optional<SignedIn> now();

    static Mono<Standing> current() {
        return Mono.deferContextual(context -> context.<Standing>getOrEmpty(Standing.class)
                .map(Mono::just)
                .orElseGet(() -> Mono.error(IdentityRefusal.NOT_SIGNED_IN.because("Nobody is signed in."))));
    }
}
