package dev.muster.updates.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.updates.ActionCommand;
import dev.muster.updates.ActionCommand.HoldBack;
import dev.muster.updates.ActionCommand.LetGo;
import dev.muster.updates.Fleet;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Keeps single devices from what the fleet gets, and lets them go. */
@RestController
@RequestMapping("/api/v1/devices/{id}/hold")
public class HoldsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final Fleet fleet;
    private final Positions positions;

    public HoldsEndpoint(Commands commands, Fleet fleet, Positions positions) {
        this.commands = commands;
        this.fleet = fleet;
        this.positions = positions;
    }

    /** @param reason for people, 1 to 255 characters */
    public record HoldRequest(@Nullable String reason) {}

    @PostMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Hold a device back from rollouts and standing assignments")
    public Mono<Void> hold(@PathVariable String id, @RequestBody HoldRequest request) {
        String reason = Given.required(request.reason(), "reason");
        return order(new HoldBack(new DeviceId(id), reason));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Let a device go that was held back")
    public Mono<Void> letGo(@PathVariable String id) {
        return order(new LetGo(new DeviceId(id)));
    }

    private Mono<Void> order(ActionCommand command) {
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> {
                    if (fleet.recipient(command.deviceId()) == null) {
                        throw RegistryRefusal.DEVICE_UNKNOWN.because(
                                "There is no device '" + command.deviceId() + "'.");
                    }
                    return commands.<Object>send(command);
                }))
                .then();
    }
}
