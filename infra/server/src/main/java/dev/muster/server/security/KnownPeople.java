package dev.muster.server.security;

import dev.muster.identity.PersonNames;
import dev.muster.identity.UserId;
import dev.muster.identity.UserNames;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.People;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people with an account here are called, and who is meant by a name; from memory. */
public final class KnownPeople implements PersonNames, UserNames {

    private static final String USER = "user:";
    /** Whose token is the one that the server makes for whoever starts it. */
    private static final String NOBODY = "system";

    private final Accounts accounts;
    private final People people;

    public KnownPeople(Accounts accounts, People people) {
        this.accounts = accounts;
        this.people = people;
    }

    @Override
    public String of(String person) {
        UserId id = idOrNull(person);
        if (Accounts.SYSTEM.equals(id)) {
            return NOBODY;
        }
        return id == null
                ? person
                : people.profile(id).map(People.Profile::username).orElse(person);
    }

    @Override
    public @Nullable String personOf(String userName) {
        return people.named(userName)
                .filter(id -> accounts.user(id).isPresent())
                .map(id -> USER + id)
                .orElse(null);
    }

    /** The id in {@code user:<id>}; null where there is none. */
    public static @Nullable UserId idOrNull(String person) {
        if (!person.startsWith(USER)) {
            return null;
        }
        try {
            return new UserId(UUID.fromString(person.substring(USER.length())));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
