package dev.muster.identity.command;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts.Account;
import dev.muster.identity.command.Sessions.Opened;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Signing in with name and password. An unknown name, a wrong password and a disabled account answer the same, after
 * the same work.
 */
public final class SignIn {

    /** A person who just proved who they are, and their new session. */
    public record Welcome(SignedIn who, Opened session) {}

    private final Accounts accounts;
    private final People people;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Attempts attempts;
    private final UserOffice office;

    public SignIn(
            Accounts accounts,
            People people,
            Passwords passwords,
            Sessions sessions,
            Attempts attempts,
            UserOffice office) {
        this.accounts = accounts;
        this.people = people;
        this.passwords = passwords;
        this.sessions = sessions;
        this.attempts = attempts;
        this.office = office;
    }

    /** @param address from which the attempt comes, for its pace; null when unknown */
    public Mono<Welcome> with(String username, String password, @Nullable String address) {
        return checked(username, password, address).map(this::welcome);
    }

    /**
     * The same for wires that tell who knows the password of a disabled account that it is disabled
     * ({@link IdentityRefusal#USER_DISABLED}).
     */
    public Mono<Welcome> orDisabled(String username, String password, @Nullable String address) {
        return checked(username, password, address, true).map(this::welcome);
    }

    /** Changes a person's own password; every session of theirs ends, and the answer is a fresh one. */
    public Mono<Welcome> changePassword(
            UserId id, String current, String next, @Nullable String address, Map<String, String> provenance) {
        String username = people.profile(id).map(People.Profile::username).orElse("");
        return checked(username, current, address)
                .flatMap(account -> office.changeOwnPassword(id, next, provenance))
                .then(Mono.fromSupplier(() -> welcome(accounts.user(id)
                        .orElseThrow(() -> IdentityRefusal.USER_UNKNOWN.because("There is no user " + id + ".")))));
    }

    /** A session for an account that was just made. */
    Welcome welcome(Account account) {
        Opened session = sessions.open(account.id(), account.epoch());
        String name = people.profile(account.id()).map(People.Profile::username).orElse(null);
        SignedIn who = SignedIn.person(Caller.Kind.USER, account.id().value(), name, account.roles());
        return new Welcome(who, session);
    }

    private Mono<Account> checked(String username, String password, @Nullable String address) {
        return checked(username, password, address, false);
    }

    private Mono<Account> checked(String username, String password, @Nullable String address, boolean tellDisabled) {
        return Mono.defer(() -> {
            // Longer names exist nowhere; cutting them keeps the pace's memory small.
            String name = username.length() > People.NAME_LENGTH_MAX
                    ? username.substring(0, People.NAME_LENGTH_MAX)
                    : username;
            attempts.take(name, address);
            // The epoch is read before the hash: a session opened on an old password must not outlive its change.
            Optional<Account> account =
                    people.named(name).flatMap(accounts::user).filter(it -> it.enabled() || tellDisabled);
            return passwords
                    .matches(password, () -> account.flatMap(it -> people.passwordHash(it.id()))
                            .orElse(null))
                    .map(fits -> {
                        if (!fits || account.isEmpty()) {
                            throw IdentityRefusal.WRONG_CREDENTIALS.because("User name or password is wrong.");
                        }
                        if (!account.get().enabled()) {
                            throw IdentityRefusal.USER_DISABLED.because("This account is disabled.");
                        }
                        attempts.giveBack(name, address);
                        return account.get();
                    });
        });
    }
}
