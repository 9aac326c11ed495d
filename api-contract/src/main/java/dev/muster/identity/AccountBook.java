package dev.muster.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** People's accounts by user name, for wires that have orders of their own about them. Reading is from memory. */
public interface AccountBook {

    /** Everyone who has an account, by user name. */
    List<Entry> all();

    /** Null when nobody has this name. */
    @Nullable
    Entry named(String username);

    /**
     * Opens an account with a list of grants; roles follow from it. Fails with {@link IdentityRefusal#USER_EXISTS},
     * {@link IdentityRefusal#USER_NAME_INVALID} and {@link IdentityRefusal#PASSWORD_WEAK}.
     */
    Mono<Void> open(String username, String password, GoosebitGrants grants, Map<String, String> provenance);

    /** Fails with {@link IdentityRefusal#LAST_ADMIN} rather than leave nobody who could undo it. */
    Mono<Void> enable(UserId id, boolean enabled, Map<String, String> provenance);

    /** Forgets the person. Fails with {@link IdentityRefusal#LAST_ADMIN}. */
    Mono<Void> erase(UserId id, Map<String, String> provenance);

    /** @param permissions what the roles give */
    record Entry(UserId id, String username, boolean enabled, Set<Permission> permissions) {

        public Entry {
            permissions = Set.copyOf(permissions);
        }
    }
}
