package dev.muster.identity.command;

import dev.muster.identity.AccountBook;
import dev.muster.identity.GoosebitGrants;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts.Account;
import dev.muster.identity.command.UserOffice.Change;
import dev.muster.kernel.Ids;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Accounts as wires see them that know people by their names. */
public final class WireAccounts implements AccountBook {

    private final Accounts accounts;
    private final People people;
    private final UserOffice office;
    private final Clock clock;

    public WireAccounts(Accounts accounts, People people, UserOffice office, Clock clock) {
        this.accounts = accounts;
        this.people = people;
        this.office = office;
        this.clock = clock;
    }

    @Override
    public List<Entry> all() {
        return accounts.users().stream()
                .flatMap(account -> entry(account).stream())
                .sorted(Comparator.comparing(Entry::username))
                .toList();
    }

    @Override
    public @Nullable Entry named(String username) {
        return people.named(username)
                .flatMap(accounts::user)
                .flatMap(this::entry)
                .orElse(null);
    }

    private Optional<Entry> entry(Account account) {
        return people.profile(account.id())
                .map(profile -> new Entry(
                        account.id(), profile.username(), account.enabled(), SignedIn.permissionsOf(account.roles())));
    }

    @Override
    public Mono<Void> open(String username, String password, GoosebitGrants grants, Map<String, String> provenance) {
        // Making an id may read from the machine's source of chance, which is not for event loops.
        return Mono.fromCallable(() -> new UserId(Ids.next(clock)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(id -> office.create(id, username, password, grants, provenance))
                .then();
    }

    @Override
    public Mono<Void> enable(UserId id, boolean enabled, Map<String, String> provenance) {
        return office.change(id, new Change(null, enabled, null), provenance);
    }

    @Override
    public Mono<Void> erase(UserId id, Map<String, String> provenance) {
        return office.erase(id, provenance);
    }
}
