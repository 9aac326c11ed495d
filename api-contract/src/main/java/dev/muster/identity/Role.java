package dev.muster.identity;

import static dev.muster.identity.Permission.*;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a person is here for. The wire name is lower-kebab. */
public enum Role {
    VIEWER(EnumSet.of(
            DEVICES_READ,
            OBSERVE_READ,
            SOFTWARE_READ,
            ROLLOUTS_READ,
            LAB_READ,
            CONFIG_READ,
            APPS_READ,
            EVENTS_READ,
            OWN_ACCOUNT)),
    OPERATOR(EnumSet.of(
            DEVICES_READ,
            DEVICES_WRITE,
            OBSERVE_READ,
            OBSERVE_WRITE,
            SOFTWARE_READ,
            ROLLOUTS_READ,
            ROLLOUTS_OPERATE,
            LAB_READ,
            CONFIG_READ,
            CONFIG_WRITE,
            APPS_READ,
            APPS_WRITE,
            APPS_OPERATE,
            EVENTS_READ,
            SETTINGS_READ,
            METRICS_READ,
            OWN_ACCOUNT)),
    RELEASE_MANAGER(EnumSet.of(
            DEVICES_READ,
            OBSERVE_READ,
            SOFTWARE_READ,
            SOFTWARE_WRITE,
            ROLLOUTS_READ,
            ROLLOUTS_WRITE,
            ROLLOUTS_OPERATE,
            ROLLOUTS_APPROVE,
            LAB_READ,
            CONFIG_READ,
            CONFIG_WRITE,
            APPS_READ,
            APPS_WRITE,
            EVENTS_READ,
            SETTINGS_READ,
            OWN_ACCOUNT)),
    AUDITOR(EnumSet.of(
            DEVICES_READ,
            OBSERVE_READ,
            SOFTWARE_READ,
            ROLLOUTS_READ,
            LAB_READ,
            CONFIG_READ,
            APPS_READ,
            EVENTS_READ,
            AUDIT_READ,
            SETTINGS_READ,
            OWN_ACCOUNT)),
    /** Who borrows boards. */
    LAB_USER(EnumSet.of(DEVICES_READ, LAB_READ, LAB_USE, EVENTS_READ, OWN_ACCOUNT)),
    /** Who runs the lab. */
    LAB_ADMIN(EnumSet.of(DEVICES_READ, LAB_READ, LAB_USE, Permission.LAB_ADMIN, EVENTS_READ, AUDIT_READ, OWN_ACCOUNT)),
    /** Who writes apps, and looks after the devices they are tried on. */
    APP_DEVELOPER(EnumSet.of(DEVICES_READ, APPS_READ, APPS_WRITE, APPS_OPERATE, APPS_SHELL, EVENTS_READ, OWN_ACCOUNT)),
    ADMIN(EnumSet.allOf(Permission.class));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The role with this wire name; refuses unknown ones. */
    public static Role named(String wireName) {
        for (Role each : values()) {
            if (each.wireName().equals(wireName)) {
                return each;
            }
        }
        throw IdentityRefusal.ROLE_UNKNOWN.because("There is no role '" + wireName + "'.");
    }
}
