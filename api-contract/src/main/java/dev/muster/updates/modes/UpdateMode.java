package dev.muster.updates.modes;

/** What decides which software a device is to have. There never will be others; wires number them in this order. */
public enum UpdateMode {
    /** Nothing does. */
    NONE,
    /** The greatest version that fits its hardware. */
    LATEST,
    /** It stays with what it has. */
    PINNED,
    /** The newest rollout of its feed. How every device begins. */
    ROLLOUT,
    /** One software, assigned to it by number. */
    ASSIGNED
}
