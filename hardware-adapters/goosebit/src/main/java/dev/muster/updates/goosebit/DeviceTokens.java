package dev.muster.updates.goosebit;

/** Which token a device has: only digests of tokens are known, and not here. */
@FunctionalInterface
public interface DeviceTokens {

    /** Whether the token is this device's own; false when it has none. From memory, without waiting. */
    boolean isOwn(String device, String token);
}
