package dev.muster.lab.command;

import dev.muster.identity.Caller;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.RefusedOrders;
import dev.muster.lab.Selector;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * Notices orders that were refused before anything was sent: the bus puts on record what it hears of, and it never heard of
 * these. What goes wrong once something was sent is a fact of the board or request.
 */
final class Attempts {

    /** What could not be understood, and what is about nothing that exists, was no attempt at anything. */
    private static final Set<Refusal.Kind> NOTED = EnumSet.of(
            Refusal.Kind.FORBIDDEN,
            Refusal.Kind.CONFLICT,
            Refusal.Kind.UNPROCESSABLE,
            Refusal.Kind.LIMIT_REACHED,
            Refusal.Kind.UNAVAILABLE);

    private final RefusedOrders refused;

    Attempts(RefusedOrders refused) {
        this.refused = refused;
    }

    /** The same work, watched. */
    <T> Mono<T> at(String order, String target, Caller caller, Mono<T> work) {
        return Mono.defer(() -> {
            AtomicBoolean sent = new AtomicBoolean();
            return work.doOnError(failure -> {
                        if (!sent.get()) {
                            Refused.in(failure)
                                    .filter(refusal -> NOTED.contains(refusal.kind()))
                                    .ifPresent(refusal -> refused.note(order, target, refusal, caller));
                        }
                    })
                    .contextWrite(context -> context.put(Attempts.class, sent));
        });
    }

    /** To be run before something is sent. */
    static Mono<Void> sending() {
        return Mono.deferContextual(context -> {
            context.<AtomicBoolean>getOrEmpty(Attempts.class).ifPresent(sent -> sent.set(true));
            return Mono.empty();
        });
    }

    static String target(Selector selector) {
        if (selector.board() != null) {
            return RefusedOrders.board(selector.board().value());
        }
        return selector.brdclass() == null ? RefusedOrders.ANY_BOARD : RefusedOrders.ofClass(selector.brdclass());
    }
}
