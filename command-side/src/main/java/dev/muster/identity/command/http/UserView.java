package dev.muster.identity.command.http;

import dev.muster.identity.Role;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts.Account;
import dev.muster.identity.command.People;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person's account as administrators see it. The name is missing only while an erasure is under way. */
public record UserView(
        UserId id,
        @Nullable String username,
        List<Role> roles,
        boolean enabled,
        @Nullable Instant createdAt) {

    public static UserView of(Account account, People people) {
        return new UserView(
                account.id(),
                people.profile(account.id()).map(People.Profile::username).orElse(null),
                account.roles().stream().sorted().toList(),
                account.enabled(),
                people.profile(account.id()).map(People.Profile::createdAt).orElse(null));
    }
}
