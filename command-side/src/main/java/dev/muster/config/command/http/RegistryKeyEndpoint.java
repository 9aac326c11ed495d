package dev.muster.config.command.http;

import dev.muster.config.command.SecretsOffice;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The end of a device's secrets. */
@RestController
public class RegistryKeyEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);

    private final SecretsOffice office;
    private final Positions positions;

    public RegistryKeyEndpoint(SecretsOffice office, Positions positions) {
        this.office = office;
        this.positions = positions;
    }

    @DeleteMapping("/api/v1/devices/{id}/registry-key")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.CONFIG_ADMIN)
    @Operation(
            summary = "Destroy a device's key: its secrets in all registries are gone, here and in all of history",
            description = "There is no way back. Backups made before still hold the key.")
    public Mono<Void> destroy(@PathVariable String id) {
        DeviceId device = new DeviceId(id);
        return positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> office.destroy(device)));
    }
}
