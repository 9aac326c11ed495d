package dev.muster.identity.command;

import dev.muster.identity.Caller.Kind;
import dev.muster.identity.Permission;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.UserId;
import dev.muster.identity.ViewScope;
import dev.muster.identity.command.Accounts.Account;
import dev.muster.kernel.Ids;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** From a credential to whom it belongs and what they may do at this moment; all from memory. */
public final class Credentials {

    /** What every API token of this server starts with. */
    public static final String TOKEN_START = "mst_";

    private final Accounts accounts;
    private final People people;
    private final Sessions sessions;
    private final TokenUse tokenUse;
    private final Clock clock;

    public Credentials(Accounts accounts, People people, Sessions sessions, TokenUse tokenUse, Clock clock) {
        this.accounts = accounts;
        this.people = people;
        this.sessions = sessions;
        this.tokenUse = tokenUse;
        this.clock = clock;
    }

    /** A session and the proof its changes must carry. */
    public record WithSession(SignedIn who, String csrf) {}

    public Optional<WithSession> bySession(String cookie) {
        return sessions.use(cookie).map(open -> new WithSession(person(open.account()), open.csrf()));
    }

    /** As {@link #bySession} but does not count as use of the session. */
    public Optional<SignedIn> peekSession(String cookie) {
        return sessions.peek(cookie).map(open -> person(open.account()));
    }

    public Optional<SignedIn> byToken(String token) {
        Optional<SignedIn> found = peekToken(token);
        found.ifPresent(it -> tokenUse.note(it.id()));
        return found;
    }

    /** As {@link #byToken} but does not count as use of the token. */
    public Optional<SignedIn> peekToken(String token) {
        return accounts.tokenByDigest(Ids.digest(token))
                .filter(it -> clock.instant().isBefore(it.expiresAt()))
                .flatMap(it -> allowed(it)
                        .map(may -> new SignedIn(
                                Kind.TOKEN,
                                it.tokenId(),
                                it.name(),
                                Set.of(),
                                may.permissions(),
                                it.owner(),
                                may.viewScopes())));
    }

    private record Rights(Set<Permission> permissions, Set<ViewScope> viewScopes) {}

    /**
     * A token is never wider than its owner is now. An owner that is neither the system nor an account came from an
     * identity provider, whose people are not accounts here; their rights were checked when the token was made.
     */
    private Optional<Rights> allowed(TokenCreated token) {
        UserId owner = token.owner();
        if (accounts.isErased(owner)) {
            return Optional.empty();
        }
        Set<Permission> may = EnumSet.noneOf(Permission.class);
        may.addAll(token.scopes());
        Set<ViewScope> views = token.viewScopes().stream()
                .flatMap(scope -> ViewScope.stored(scope).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Optional<Account> account = accounts.user(owner);
        if (account.isPresent()) {
            if (!account.get().enabled()) {
                return Optional.empty();
            }
            Set<Permission> owners = SignedIn.permissionsOf(account.get().roles());
            may.retainAll(owners);
            views.removeIf(scope -> !owners.contains(scope.right().permission()));
        }
        may.add(Permission.OWN_ACCOUNT);
        return Optional.of(new Rights(may, views));
    }

    private SignedIn person(Account account) {
        String name = people.profile(account.id()).map(People.Profile::username).orElse(null);
        return SignedIn.person(Kind.USER, account.id().value(), name, account.roles());
    }
}
