package dev.muster.updates.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.Positions;
import dev.muster.kernel.RequestIds;
import dev.muster.updates.ActionType;
import dev.muster.updates.AutoAssignmentCommand.CreateAutoAssignment;
import dev.muster.updates.AutoAssignmentCommand.DeleteAutoAssignment;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdatesRefusal;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Standing orders: every device that matches, now and later, gets a release. */
@RestController
@RequestMapping("/api/v1/auto-assignments")
public class AutoAssignmentsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final RequestIds ids;
    private final Positions positions;

    public AutoAssignmentsEndpoint(
            Commands commands, Fleet fleet, Catalogue catalogue, RequestIds ids, Positions positions) {
        this.commands = commands;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.ids = ids;
        this.positions = positions;
    }

    /**
     * @param releaseId the release to give; or
     * @param latest true for the newest release that fits each device
     * @param releaseName with {@code latest}: only releases of this name
     */
    public record AutoAssignmentRequest(
            @Nullable String name,
            @Nullable String filter,
            @Nullable String releaseId,
            @Nullable Boolean latest,
            @Nullable String releaseName,
            @Nullable ActionType type,
            @Nullable Integer weight) {}

    public record CreatedAutoAssignment(UUID id) {}

    @PostMapping
    @Requires(Permission.ROLLOUTS_WRITE)
    @Operation(summary = "Assign a release to every matching device, now and later")
    public Mono<ResponseEntity<CreatedAutoAssignment>> create(@RequestBody AutoAssignmentRequest request) {
        String name = Given.required(request.name(), "name");
        String filter = Given.required(request.filter(), "filter");
        fleet.filter(filter);
        return positions.caughtUp(CATCH_UP_MAX).then(ids.next()).flatMap(id -> commands.send(new CreateAutoAssignment(
                        id,
                        name,
                        filter,
                        release(request),
                        request.releaseName(),
                        request.type() == null ? ActionType.FORCED : request.type(),
                        request.weight()))
                .thenReturn(ResponseEntity.created(URI.create("/api/v1/auto-assignments/" + id))
                        .body(new CreatedAutoAssignment(id))));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.ROLLOUTS_WRITE)
    @Operation(summary = "End a standing assignment; what it assigned stays")
    public Mono<Void> delete(@PathVariable UUID id) {
        return commands.send(new DeleteAutoAssignment(id)).then();
    }

    private @Nullable ReleaseRef release(AutoAssignmentRequest request) {
        if (Boolean.TRUE.equals(request.latest())) {
            if (request.releaseId() != null) {
                throw UpdatesRefusal.ROLLOUT_INVALID.because("Give a releaseId or latest, not both.");
            }
            return null;
        }
        ReleaseId id = ReleaseId.parse(Given.required(request.releaseId(), "releaseId"));
        return catalogue.usable(id).ref();
    }
}
