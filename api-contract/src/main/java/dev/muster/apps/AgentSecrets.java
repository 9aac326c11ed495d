package dev.muster.apps;

import dev.muster.registry.DeviceId;
import java.util.Optional;

/**
 * What agents prove themselves with. It must be readable, for signatures and tunnel proofs are computed with it; so it is
 * kept sealed outside the log, under a key of the device's own that can be destroyed. Blocking; off the event loop.
 */
public interface AgentSecrets {

    /** Makes and keeps a secret: 16 random bytes as base64. One that is there stays. */
    String make(DeviceId device, String secretId);

    /** Empty when it was forgotten, or its key destroyed. */
    Optional<String> find(DeviceId device, String secretId);

    void forget(DeviceId device, String secretId);

    /**
     * What the device derives credentials of its apps from; made on first use. Only for devices that are enrolled:
     * asking makes a key.
     */
    String credentialKey(DeviceId device);

    /** Forgets all of the device and destroys its key: nothing of it opens any more, in no copy. */
    void destroy(DeviceId device);
}
