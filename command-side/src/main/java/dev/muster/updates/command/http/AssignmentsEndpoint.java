package dev.muster.updates.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.staging.command.StagingRules;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.ReleaseOffers;
import dev.muster.updates.command.ReleaseOffers.Terms;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives single devices a release, and takes it back. */
@RestController
@RequestMapping("/api/v1/devices/{id}/actions")
public class AssignmentsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final ReleaseOffers offers;
    private final MaintenanceWindows windows;
    private final Positions positions;
    private final Clock clock;

    public AssignmentsEndpoint(
            Commands commands,
            Fleet fleet,
            Catalogue catalogue,
            ReleaseOffers offers,
            MaintenanceWindows windows,
            Positions positions,
            Clock clock) {
        this.commands = commands;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.offers = offers;
        this.windows = windows;
        this.positions = positions;
        this.clock = clock;
    }

    /**
     * @param confirm whether a person at the device must agree; by default as the settings say
     * @param timeout silence after which the action counts as failed, at most 3650 days; by default there is none
     */
    public record AssignmentRequest(
            @Nullable String releaseId,
            @Nullable ActionType type,
            @Nullable Instant forcedAt,
            @Nullable Integer weight,
            @Nullable WindowRequest window,
            @Nullable Boolean confirm,
            @Nullable Duration timeout) {}

    public record CancelRequest(@Nullable Boolean force) {}

    @PostMapping
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Assign a release to a device")
    public Mono<ResponseEntity<Assigned>> assign(@PathVariable String id, @RequestBody AssignmentRequest request) {
        DeviceId deviceId = new DeviceId(id);
        ReleaseId releaseId = ReleaseId.parse(Given.required(request.releaseId(), "releaseId"));
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> give(deviceId, releaseId, request)))
                .map(assigned -> ResponseEntity.status(assigned.created() ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(assigned));
    }

    @PostMapping("/{action}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Ask the device to stop an action; 'force' ends one that was asked before and hangs")
    public Mono<Void> cancel(
            @PathVariable String id,
            @PathVariable int action,
            @RequestBody(required = false) @Nullable CancelRequest request) {
        boolean force = request != null && Boolean.TRUE.equals(request.force());
        return commands.send(new CancelAction(new DeviceId(id), action, force, CancelCause.OPERATOR))
                .then();
    }

    private Mono<Assigned> give(DeviceId id, ReleaseId releaseId, AssignmentRequest request) {
        Fleet.Recipient device = fleet.recipient(id);
        if (device == null) {
            throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device '" + id + "'.");
        }
        return offers.offer(catalogue.usable(releaseId), terms(request)).to(device);
    }

    private Terms terms(AssignmentRequest request) {
        if (request.type() == ActionType.TIME_FORCED && request.forcedAt() == null) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because(
                    "A time-forced action says when it becomes forced (forcedAt).");
        }
        StagingRules.checkTimeout(request.timeout(), UpdatesRefusal.ROLLOUT_INVALID);
        return new Terms(
                request.type() == null ? ActionType.FORCED : request.type(),
                request.forcedAt(),
                request.weight(),
                request.window() == null ? null : request.window().window(windows, clock.instant()),
                request.confirm(),
                request.timeout(),
                null,
                null);
    }
}
