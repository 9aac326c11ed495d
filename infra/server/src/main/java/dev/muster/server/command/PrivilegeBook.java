package dev.muster.server.command;

import dev.muster.apps.AgentPrivilege;
import dev.muster.apps.AgentPrivileges;
import dev.muster.apps.AppAccounts;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.Accounts.Account;
import dev.muster.kernel.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What callers may, while they call; and what people may by their roles. */
public final class PrivilegeBook implements AgentPrivileges {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
    private static final int REMEMBERED_MAX = 10_000;
    private static final String USER = "user:";

    private final Accounts people;
    private final AppAccounts numbers;
    private final Clock clock;
    private final Map<Long, Word> words = new ConcurrentHashMap<>();

    private record Word(Set<Permission> permissions, Instant until) {}

    public PrivilegeBook(Accounts people, AppAccounts numbers, Clock clock) {
        this.people = people;
        this.numbers = numbers;
        this.clock = clock;
    }

    @Override
    public void remember(long account, Caller caller) {
        Instant now = clock.instant();
        if (words.size() >= REMEMBERED_MAX) {
            words.values().removeIf(word -> !now.isBefore(word.until()));
        }
        words.put(account, new Word(caller.permissions(), now.plus(REMEMBERED_FOR)));
    }

    @Override
    public boolean may(long account, AgentPrivilege privilege) {
        Word word = words.get(account);
        if (word != null && clock.instant().isBefore(word.until())) {
            return word.permissions().contains(privilege.permission());
        }
        String person = numbers.person(account);
        UUID id = person == null || !person.startsWith(USER) ? null : Ids.read(person.substring(USER.length()));
        Account known = id == null ? null : people.user(new UserId(id)).orElse(null);
        return known != null
                && known.enabled()
                && known.roles().stream().anyMatch(role -> role.permissions().contains(privilege.permission()));
    }
}
