package dev.muster.apps;

import dev.muster.identity.Permission;
import org.jspecify.annotations.Nullable;

/** What an agent asks about whoever calls it, in its words, and the permission that it is here. */
public enum AgentPrivilege {
    READ(Permission.APPS_READ),
    DEVELOP(Permission.APPS_SHELL),
    MAINTAIN(Permission.APPS_OPERATE),
    NETWORK(Permission.APPS_OPERATE);

    private final Permission permission;

    AgentPrivilege(Permission permission) {
        this.permission = permission;
    }

    public Permission permission() {
        return permission;
    }

    /** The one with this word; null for any other, which nobody has. */
    public static @Nullable AgentPrivilege named(String word) {
        for (AgentPrivilege each : values()) {
            if (each.name().equals(word)) {
                return each;
            }
        }
        return null;
    }
}
