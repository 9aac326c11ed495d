package dev.muster.config.follow;

import org.jspecify.annotations.Nullable;

/** Who shows a device's token. The server knows where their digests lie. */
@FunctionalInterface
public interface DeviceTokens {

    /**
     * As whom the bearer acts, {@code device:<id>} or {@code gateway:<id>}; null when it is no token for this device.
     * Asked on every poll: from memory, without waiting.
     *
     * @param authorization the header's whole value, {@code TargetToken …} or {@code GatewayToken …}
     */
    @Nullable
    String actorOf(String device, String authorization);
}
