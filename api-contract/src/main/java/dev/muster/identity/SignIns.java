package dev.muster.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How people come in on wires that have a sign-in of their own and stand in front of the web framework. What they get is
 * the secret of a session as browsers have it: it ends when it is not used, at the latest after its life, with a
 * restart, and with any change of the account.
 */
public interface SignIns {

    /**
     * Opens a session and answers its secret. Fails with {@link IdentityRefusal#WRONG_CREDENTIALS}, with
     * {@link IdentityRefusal#USER_DISABLED} for who knows the password of a disabled account, and with
     * {@link IdentityRefusal#TOO_MANY_ATTEMPTS}.
     *
     * @param address from which the attempt comes, for its pace; null when unknown
     */
    Mono<String> signIn(String username, String password, @Nullable String address);

    /**
     * Who shows a session's secret, with all their rights; null when it is none or has ended. Counts as use of it. From
     * memory.
     *
     * @param provenance what is known of the request; the caller's own has the actor beside it
     */
    @Nullable
    Caller callerOf(String secret, Map<String, String> provenance);

    /** Whether the session ended because its account was disabled. */
    boolean isDisabled(String secret);

    void signOut(String secret);

    /** Whether somebody has an account here. */
    boolean isSetUp();

    /**
     * Opens the first account, an administrator, without the one-time code that was printed at the start: only for
     * wires on which an operator allowed that whoever comes first is the administrator. Answers the secret of a session.
     * Fails with {@link IdentityRefusal#SETUP_CLOSED} when there is an account already.
     */
    Mono<String> setUp(String username, String password, Map<String, String> provenance, @Nullable String address);
}
