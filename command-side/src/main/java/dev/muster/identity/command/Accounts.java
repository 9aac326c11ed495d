package dev.muster.identity.command;

import dev.muster.identity.GrantLists;
import dev.muster.identity.Role;
import dev.muster.identity.TokenEvent;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.TokenEvent.TokenRevoked;
import dev.muster.identity.UserEvent;
import dev.muster.identity.UserEvent.GrantsListed;
import dev.muster.identity.UserEvent.PasswordChanged;
import dev.muster.identity.UserEvent.RolesChanged;
import dev.muster.identity.UserEvent.UserCreated;
import dev.muster.identity.UserEvent.UserDisabled;
import dev.muster.identity.UserEvent.UserEnabled;
import dev.muster.identity.UserEvent.UserErased;
import dev.muster.identity.UserId;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All accounts and tokens in memory, folded from the log: every request is authenticated from here, so a lost right is
 * lost with the very next request.
 */
public final class Accounts implements Fold, GrantLists {

    /** Owner of what the server itself makes, e.g. the operator's bootstrap token. No person has this id. */
    public static final UserId SYSTEM = new UserId(new UUID(0, 0));

    /**
     * @param epoch counts the moments at which every session of the account ends (disabled, password changed): a
     *     session remembers the epoch it was opened in and is over when the account has moved on
     */
    public record Account(UserId id, Set<Role> roles, boolean enabled, int epoch) {

        boolean isWorkingAdmin() {
            return enabled && roles.contains(Role.ADMIN);
        }
    }

    private final Map<UserId, Account> users = new ConcurrentHashMap<>();
    private final Set<UserId> erased = ConcurrentHashMap.newKeySet();
    private final Map<UserId, List<String>> grants = new ConcurrentHashMap<>();
    private final Map<UUID, TokenCreated> tokens = new ConcurrentHashMap<>();
    private final Map<String, TokenCreated> tokensByDigest = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case UserEvent event -> on(event);
            case TokenEvent event -> on(event);
            default -> {}
        }
    }

    private void on(UserEvent event) {
        UserId id = event.userId();
        switch (event) {
            case UserCreated e -> users.put(id, new Account(id, Set.copyOf(e.roles()), true, 0));
            case RolesChanged e -> {
                // A list from before would leave open on its wire what was just taken away.
                grants.remove(id);
                users.computeIfPresent(
                        id, (key, old) -> new Account(key, Set.copyOf(e.roles()), old.enabled(), old.epoch()));
            }
            case GrantsListed e -> grants.put(id, List.copyOf(e.grants()));
            case UserDisabled e ->
                users.computeIfPresent(id, (key, old) -> new Account(key, old.roles(), false, old.epoch() + 1));
            case UserEnabled e ->
                users.computeIfPresent(id, (key, old) -> new Account(key, old.roles(), true, old.epoch()));
            case PasswordChanged e ->
                users.computeIfPresent(id, (key, old) -> new Account(key, old.roles(), old.enabled(), old.epoch() + 1));
            case UserErased e -> {
                erased.add(id);
                users.remove(id);
                grants.remove(id);
            }
        }
    }

    private void on(TokenEvent event) {
        switch (event) {
            case TokenCreated created -> {
                tokens.put(created.tokenId(), created);
                tokensByDigest.put(created.digest(), created);
            }
            case TokenRevoked revoked -> {
                TokenCreated created = tokens.remove(revoked.tokenId());
                if (created != null) {
                    tokensByDigest.remove(created.digest());
                }
            }
        }
    }

    public Optional<Account> user(UserId id) {
        return Optional.ofNullable(users.get(id));
    }

    /** Everyone who is not erased, in no order. */
    public Collection<Account> users() {
        return List.copyOf(users.values());
    }

    public boolean isErased(UserId id) {
        return erased.contains(id);
    }

    @Override
    public @Nullable List<String> grantsOf(UserId user) {
        return grants.get(user);
    }

    /** Whether somebody other than {@code id} could administer users. */
    public boolean hasWorkingAdminBeside(UserId id) {
        return users.values().stream()
                .anyMatch(each -> each.isWorkingAdmin() && !each.id().equals(id));
    }

    /** A token that was not revoked, by the SHA-256 of its text; it may have expired. */
    public Optional<TokenCreated> tokenByDigest(String digest) {
        return Optional.ofNullable(tokensByDigest.get(digest));
    }

    public Optional<TokenCreated> token(UUID id) {
        return Optional.ofNullable(tokens.get(id));
    }

    /** Every token that was not revoked, in no order. */
    public Collection<TokenCreated> tokens() {
        return List.copyOf(tokens.values());
    }
}
