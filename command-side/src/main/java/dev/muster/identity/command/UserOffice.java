package dev.muster.identity.command;

import static dev.muster.kernel.Provenance.ACTOR;

import dev.muster.identity.GoosebitGrants;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Role;
import dev.muster.identity.TokenCommand.RevokeToken;
import dev.muster.identity.UserCommand.ChangeRoles;
import dev.muster.identity.UserCommand.CreateUser;
import dev.muster.identity.UserCommand.DisableUser;
import dev.muster.identity.UserCommand.EnableUser;
import dev.muster.identity.UserCommand.EraseUser;
import dev.muster.identity.UserCommand.ListGrants;
import dev.muster.identity.UserCommand.NotePasswordChange;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts.Account;
import dev.muster.identity.command.People.Profile;
import dev.muster.kernel.Commands;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.command.OneAtATime;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where accounts are opened, changed and erased. Rules about several accounts at once cannot be kept by one aggregate,
 * so changes pass here one at a time, each on accounts that have caught up with the last. Names and hashes go to the
 * vault, numbers and roles into history.
 */
public final class UserOffice {

    /** Changes that wait or are made. */
    private static final int WAITING_MAX = 256;

    /** What to change of an account; null leaves a thing as it is. */
    public record Change(
            @Nullable Set<Role> roles,
            @Nullable Boolean enabled,
            @Nullable String password) {

        @Override
        public String toString() {
            return "Change[roles=" + roles + ", enabled=" + enabled + "]";
        }
    }

    private final Accounts accounts;
    private final People people;
    private final Passwords passwords;
    private final Orders orders;
    private final Clock clock;
    private final int usersMax;
    private final OneAtATime door = new OneAtATime(WAITING_MAX, "Too many changes of accounts are waiting.");

    public UserOffice(
            Accounts accounts,
            People people,
            Passwords passwords,
            Commands commands,
            Positions positions,
            Clock clock,
            IdentitySettings settings) {
        this.accounts = accounts;
        this.people = people;
        this.passwords = passwords;
        this.orders = new Orders(commands, positions);
        this.clock = clock;
        this.usersMax = settings.usersMax();
    }

    /** Opens an account. Said twice with the same id and name it changes nothing. */
    public Mono<Profile> create(
            UserId id, String username, String password, Set<Role> roles, Map<String, String> provenance) {
        return Mono.defer(() -> {
            People.aUsername(username);
            Passwords.aPassword(password, username);
            return passwords
                    .hash(password)
                    .flatMap(hash -> door.run(
                            orders.caughtUp().then(Mono.defer(() -> admitted(id, username, hash, roles, provenance)))));
        });
    }

    /** Likewise, for somebody with a list of grants: their roles follow from it. */
    public Mono<Profile> create(
            UserId id, String username, String password, GoosebitGrants grants, Map<String, String> provenance) {
        return create(id, username, password, grants.roles(), provenance)
                .flatMap(profile -> orders.send(new ListGrants(id, grants.entries()), provenance)
                        .thenReturn(profile));
    }

    /** Opens the first account, an administrator, as long as there is none; {@code lastCheck} may still refuse. */
    Mono<Profile> createFirst(
            UserId id, String username, String password, Runnable lastCheck, Map<String, String> provenance) {
        return Mono.defer(() -> {
            People.aUsername(username);
            Passwords.aPassword(password, username);
            Map<String, String> own = new HashMap<>(provenance);
            own.put(ACTOR, "user:" + id);
            return passwords
                    .hash(password)
                    .flatMap(hash -> door.run(orders.caughtUp().then(Mono.defer(() -> {
                        if (!accounts.users().isEmpty()) {
                            throw IdentityRefusal.SETUP_CLOSED.because("There is an account already.");
                        }
                        lastCheck.run();
                        return admitted(id, username, hash, Set.of(Role.ADMIN), own);
                    }))));
        });
    }

    private Mono<Profile> admitted(
            UserId id, String username, String hash, Set<Role> roles, Map<String, String> provenance) {
        Optional<Profile> known = accounts.user(id).flatMap(account -> people.profile(id));
        if (known.isPresent()) {
            if (known.get().username().equals(username)) {
                return Mono.just(known.get());
            }
            throw KernelRefusal.KEY_REUSED.because("This key made another user before.");
        }
        if (accounts.users().size() >= usersMax) {
            throw IdentityRefusal.LIMIT_REACHED.because(
                    "This server keeps at most " + usersMax + " accounts.", Map.of("limit", usersMax));
        }
        people.named(username).ifPresent(holder -> {
            if (accounts.user(holder).isPresent()) {
                throw IdentityRefusal.USER_EXISTS.about("username", "The user name '" + username + "' is taken.");
            }
        });
        Person person = new Person(id, username, null, hash, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return passwords
                .onOwnThreads(() -> {
                    // A name whose holder never became an account was left by a crash; its entry gives way.
                    people.named(username).ifPresent(people::forget);
                    people.add(person);
                    return person;
                })
                .then(orders.send(new CreateUser(id, roles), provenance))
                .onErrorResume(e -> passwords
                        .onOwnThreads(() -> {
                            people.forget(id);
                            return id;
                        })
                        .then(Mono.error(e)))
                .then(Mono.fromSupplier(() -> new Profile(id, username, person.createdAt())));
    }

    /** Changes roles, then whether it is enabled, then the password; the last working administrator stays one. */
    public Mono<Void> change(UserId id, Change change, Map<String, String> provenance) {
        return hashOf(id, change)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(hash -> door.run(
                        orders.caughtUp().then(Mono.defer(() -> changed(id, change, hash.orElse(null), provenance)))));
    }

    private Mono<String> hashOf(UserId id, Change change) {
        return Mono.defer(() -> {
            String username = people.profile(id).map(Profile::username).orElse("");
            onlyKnown(id);
            return change.password() == null
                    ? Mono.empty()
                    : passwords.hash(Passwords.aPassword(change.password(), username));
        });
    }

    private Mono<Void> changed(UserId id, Change change, @Nullable String hash, Map<String, String> provenance) {
        Account account = onlyKnown(id);
        Set<Role> roles = change.roles();
        Boolean enabled = change.enabled();
        boolean staysAdmin = roles == null || roles.contains(Role.ADMIN);
        if (!staysAdmin || Boolean.FALSE.equals(enabled)) {
            notTheLastAdmin(account);
        }
        Mono<Void> steps = Mono.empty();
        if (roles != null) {
            steps = steps.then(orders.send(new ChangeRoles(id, roles), provenance));
        }
        if (enabled != null) {
            steps = steps.then(orders.send(enabled ? new EnableUser(id) : new DisableUser(id), provenance));
        }
        return hash == null ? steps : steps.then(newPassword(id, hash, provenance));
    }

    /** A person's own change of password; the old one was checked by {@link SignIn}. Ends all their sessions. */
    Mono<Void> changeOwnPassword(UserId id, String password, Map<String, String> provenance) {
        return change(id, new Change(null, null, password), provenance);
    }

    private Mono<Void> newPassword(UserId id, String hash, Map<String, String> provenance) {
        return passwords
                .onOwnThreads(() -> {
                    people.changePassword(id, hash);
                    return id;
                })
                .then(orders.send(new NotePasswordChange(id), provenance));
    }

    /**
     * Forgets a person. History goes first: should the machine stop in between, the account is closed and the next
     * start deletes the rest ({@link People#tidy}).
     */
    public Mono<Void> erase(UserId id, Map<String, String> provenance) {
        return door.run(orders.caughtUp().then(Mono.defer(() -> {
            if (!accounts.isErased(id)) {
                notTheLastAdmin(onlyKnown(id));
            }
            return orders.send(new EraseUser(id), provenance)
                    .then(passwords.onOwnThreads(() -> {
                        people.forget(id);
                        return id;
                    }))
                    .thenMany(Flux.fromIterable(accounts.tokens())
                            .filter(token -> token.owner().equals(id))
                            .concatMap(token -> orders.send(new RevokeToken(token.tokenId()), provenance)))
                    .then();
        })));
    }

    private Account onlyKnown(UserId id) {
        return accounts.user(id)
                .orElseThrow(() -> IdentityRefusal.USER_UNKNOWN.because("There is no user " + id + "."));
    }

    private void notTheLastAdmin(Account account) {
        if (account.isWorkingAdmin() && !accounts.hasWorkingAdminBeside(account.id())) {
            throw IdentityRefusal.LAST_ADMIN.because("This is the last administrator who can sign in.");
        }
    }
}
