package dev.muster.apps.command;

import dev.muster.apps.AppAccountCommand.AssignAccount;
import dev.muster.apps.AppAccountEvent.AccountAssigned;
import dev.muster.apps.AppAccounts;
import dev.muster.identity.Caller;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Numbers of people, folded from the log. Who asks twice in one moment may draw twice; one number counts. */
public final class AccountNumbers implements Fold, AppAccounts {

    private final Commands commands;
    private final Numbers numbers;
    private final Map<String, Long> keys = new ConcurrentHashMap<>();
    private final Map<Long, String> people = new ConcurrentHashMap<>();

    public AccountNumbers(Commands commands, Numbers numbers) {
        this.commands = commands;
        this.numbers = numbers;
    }

    @Override
    public String name() {
        return "app-accounts";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof AccountAssigned assigned) {
            keys.put(assigned.person(), assigned.key());
            people.put(assigned.key(), assigned.person());
        }
    }

    @Override
    public Mono<Long> of(Caller caller) {
        String person = caller.person();
        Long known = keys.get(person);
        return known != null
                ? Mono.just(known)
                : numbers.next(Series.APP_ACCOUNT).flatMap(key -> commands.<Long>send(new AssignAccount(person, key)));
    }

    @Override
    public @Nullable String person(long key) {
        return people.get(key);
    }
}
