package dev.muster.registry.command.http;

import dev.muster.kernel.Given;
import dev.muster.kernel.Ids;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device to make known.
 *
 * @param id required
 * @param token the device's own secret, when the caller chooses it
 * @param issueToken true to have a secret made; it is answered once
 */
public record RegistrationRequest(
        @Nullable String id,
        @Nullable String name,
        @Nullable String group,
        @Nullable List<String> tags,
        @Nullable Map<String, String> metadata,
        @Nullable String address,
        @Nullable String token,
        @Nullable Boolean issueToken) {

    DeviceId deviceId() {
        return new DeviceId(Given.required(id, "id"));
    }

    /** @param secret the device's own, of which only the digest goes on; null for none */
    RegisterDevice command(Origin origin, @Nullable String secret) {
        return new RegisterDevice(
                deviceId(),
                name,
                group == null || group.isEmpty() ? null : group,
                tags == null ? List.of() : tags.stream().distinct().sorted().toList(),
                metadata == null ? Map.of() : metadata,
                address,
                secret == null ? null : Ids.digest(secret),
                origin);
    }
}
