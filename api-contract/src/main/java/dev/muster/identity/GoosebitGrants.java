package dev.muster.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A list of rights as gooseBit's users keep it: dotted scopes such as {@code goosebit.device.read}, where an entry may
 * be shorter than what it covers ({@code goosebit.device}), may have {@code *} for a part, and denies with a leading
 * {@code !}. Denials win. On our own surface roles count, see {@link #roles()}.
 */
public final class GoosebitGrants {

    public static final String EVERYTHING = "*";
    public static final String DEVICE_READ = "goosebit.device.read";
    public static final String DEVICE_WRITE = "goosebit.device.write";
    public static final String DEVICE_DELETE = "goosebit.device.delete";
    public static final String SOFTWARE_READ = "goosebit.software.read";
    public static final String SOFTWARE_WRITE = "goosebit.software.write";
    public static final String SOFTWARE_DELETE = "goosebit.software.delete";
    public static final String ROLLOUT_READ = "goosebit.rollout.read";
    public static final String ROLLOUT_WRITE = "goosebit.rollout.write";
    public static final String ROLLOUT_DELETE = "goosebit.rollout.delete";
    public static final String USERS_READ = "goosebit.settings.users.read";
    public static final String USERS_WRITE = "goosebit.settings.users.write";
    public static final String USERS_DELETE = "goosebit.settings.users.delete";

    /** Every scope that a route demands, in the order of the tree. */
    public static final List<String> SCOPES = List.of(
            DEVICE_READ,
            DEVICE_WRITE,
            DEVICE_DELETE,
            SOFTWARE_READ,
            SOFTWARE_WRITE,
            SOFTWARE_DELETE,
            ROLLOUT_READ,
            ROLLOUT_WRITE,
            ROLLOUT_DELETE,
            USERS_READ,
            USERS_WRITE,
            USERS_DELETE);

    private static final String DENIAL = "!";

    private final List<String> entries;

    public GoosebitGrants(Collection<String> entries) {
        this.entries = List.copyOf(entries);
    }

    /** What somebody with these permissions of ours may do there. Whoever may do everything has one entry for it. */
    public static GoosebitGrants of(Set<Permission> permissions) {
        if (permissions.containsAll(EnumSet.allOf(Permission.class))) {
            return new GoosebitGrants(List.of(EVERYTHING));
        }
        List<String> entries = new ArrayList<>();
        give(entries, permissions, Permission.DEVICES_READ, DEVICE_READ);
        give(entries, permissions, Permission.DEVICES_WRITE, DEVICE_WRITE, DEVICE_DELETE);
        give(entries, permissions, Permission.SOFTWARE_READ, SOFTWARE_READ);
        give(entries, permissions, Permission.SOFTWARE_WRITE, SOFTWARE_WRITE, SOFTWARE_DELETE);
        give(entries, permissions, Permission.ROLLOUTS_READ, ROLLOUT_READ);
        give(entries, permissions, Permission.ROLLOUTS_WRITE, ROLLOUT_WRITE, ROLLOUT_DELETE);
        give(entries, permissions, Permission.USERS_ADMIN, USERS_READ, USERS_WRITE, USERS_DELETE);
        return new GoosebitGrants(entries);
    }

    private static void give(List<String> to, Set<Permission> has, Permission needed, String... scopes) {
        if (has.contains(needed)) {
            to.addAll(List.of(scopes));
        }
    }

    /** The entries as they were written. */
    public List<String> entries() {
        return entries;
    }

    /** True when no entry denies the scope and one allows it. */
    public boolean allows(String scope) {
        boolean allowed = false;
        for (String entry : entries) {
            if (entry.startsWith(DENIAL)) {
                if (covers(entry.substring(DENIAL.length()), scope)) {
                    return false;
                }
            } else {
                allowed |= covers(entry, scope);
            }
        }
        return allowed;
    }

    /** True when all are allowed; an empty list demands nothing. */
    public boolean allowsAll(Collection<String> scopes) {
        return scopes.stream().allMatch(this::allows);
    }

    /** True when one of them is allowed. */
    public boolean allowsAny(Collection<String> scopes) {
        return scopes.stream().anyMatch(this::allows);
    }

    /** Part by part from the left; an entry that is longer than the scope is about something narrower. */
    private static boolean covers(String entry, String scope) {
        String[] parts = entry.split("\\.", -1);
        String[] asked = scope.split("\\.", -1);
        if (parts.length > asked.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].equals(EVERYTHING) && !parts[i].equals(asked[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * The roles that somebody with this list has on our own surface. Roles are coarser than entries, and what is denied
     * here must not be open there: a role that changes things is only had by who may do all that it changes. Reading is
     * not split up so: who may do anything here may look there.
     */
    public Set<Role> roles() {
        if (allowsAll(SCOPES)) {
            return EnumSet.of(Role.ADMIN);
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (allowsAll(List.of(SOFTWARE_WRITE, SOFTWARE_DELETE, ROLLOUT_WRITE, ROLLOUT_DELETE))) {
            roles.add(Role.RELEASE_MANAGER);
        }
        if (allowsAll(List.of(DEVICE_WRITE, DEVICE_DELETE))) {
            roles.add(Role.OPERATOR);
        }
        if (roles.isEmpty() && allowsAny(SCOPES)) {
            roles.add(Role.VIEWER);
        }
        return roles;
    }
}
