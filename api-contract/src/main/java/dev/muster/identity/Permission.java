package dev.muster.identity;

/** One right. Routes demand one of these; roles and token scopes are sets of them. The wire name is lower-kebab. */
public enum Permission {
    DEVICES_READ,
    DEVICES_WRITE,
    /** Enrol devices for observation and bring their dashboards and rules along: for agents on devices. */
    DEVICES_ENROL,
    OBSERVE_READ,
    /** Change enrolments, dashboards and alert rules; decide on certificates. */
    OBSERVE_WRITE,
    SOFTWARE_READ,
    SOFTWARE_WRITE,
    ROLLOUTS_READ,
    /** Create, plan and delete rollouts and standing assignments. */
    ROLLOUTS_WRITE,
    /** Start, pause, resume, abort; assign to single devices; cancel actions. */
    ROLLOUTS_OPERATE,
    /** Agree to rollouts of others, or say no. */
    ROLLOUTS_APPROVE,
    /** Look at boards, reservations and the queue. */
    LAB_READ,
    /** Reserve boards and use what one holds. */
    LAB_USE,
    /** Configure the lab, take boards out of service, take them from whoever has them. */
    LAB_ADMIN,
    /** Look at registries of configuration, their values and agents; secrets stay hidden. */
    CONFIG_READ,
    /** Write values and the agents' target, take them back, roll them out. */
    CONFIG_WRITE,
    /** Read secrets among the values. */
    CONFIG_SECRETS,
    /** Define registries; destroy devices' keys. */
    CONFIG_ADMIN,
    /** Look at apps, releases and agents, what should run where and what does, and at logs. */
    APPS_READ,
    /** Enrol agents, change the catalogue, say what should run where, roll releases out, push images. */
    APPS_WRITE,
    /** Reboot devices and switch them off, update their agents, clean them up. */
    APPS_OPERATE,
    /** Open shells on devices and in containers, run commands, upload sources. */
    APPS_SHELL,
    EVENTS_READ,
    AUDIT_READ,
    SETTINGS_READ,
    SETTINGS_WRITE,
    USERS_ADMIN,
    METRICS_READ,
    /** Anyone who is signed in, for what concerns only themselves. */
    OWN_ACCOUNT;

    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The permission with this wire name; refuses unknown ones. */
    public static Permission named(String wireName) {
        for (Permission each : values()) {
            if (each.wireName().equals(wireName)) {
                return each;
            }
        }
        throw IdentityRefusal.SCOPE_UNKNOWN.because("There is no permission '" + wireName + "'.");
    }
}
