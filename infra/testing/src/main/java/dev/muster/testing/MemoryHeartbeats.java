package dev.muster.testing;

import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Contacts in a map, visited in order of id. */
public final class MemoryHeartbeats implements Heartbeats {

    private final Map<DeviceId, Instant> last = new ConcurrentSkipListMap<>();

    @Override
    public void heard(DeviceId deviceId, Instant at) {
        last.put(deviceId, at);
    }

    @Override
    public @Nullable Instant lastHeard(DeviceId deviceId) {
        return last.get(deviceId);
    }

    @Override
    public void forEach(BiConsumer<DeviceId, Instant> visitor) {
        last.forEach(visitor);
    }
}
