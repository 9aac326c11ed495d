package dev.muster.server;

import dev.muster.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The smallest stored event, for tests that are about the store and not about what happened. */
public final class CameBack {

    private CameBack() {}

    /** As it is before it has a position. */
    public static StoredEvent of(String device, long sequence) {
        return new StoredEvent(
                StoredEvent.UNSTORED,
                UUID.randomUUID().toString(),
                Instant.EPOCH,
                "registry.DeviceCameBack",
                "1",
                "Device",
                "device/" + device,
                sequence,
                ("{\"deviceId\":\"" + device + "\"}").getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
