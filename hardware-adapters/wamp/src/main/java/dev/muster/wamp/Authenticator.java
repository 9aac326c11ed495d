package dev.muster.wamp;

import reactor.core.publisher.Mono;

/** Who may come in, and by which secret. Asked once for each HELLO; never waits on the thread that asks. */
@FunctionalInterface
public interface Authenticator {

    /** Nothing when there is nobody of this name. Refusals must be cheap: the refused come back every second. */
    Mono<Found> find(String realm, String authid);

    /** What is known of a name. */
    sealed interface Found permits Credentials, Refusal {}

    /**
     * Known, but not let in.
     *
     * @param text why, for whoever reads the agent's log; never {@link Wampcra#WRONG_SIGNATURE}, which stops agents
     */
    record Refusal(String text) implements Found {}
}
