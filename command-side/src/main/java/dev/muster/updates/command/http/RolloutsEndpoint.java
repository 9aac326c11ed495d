package dev.muster.updates.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.RequestIds;
import dev.muster.updates.RolloutCommand;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutCommand.PauseRollout;
import dev.muster.updates.RolloutCommand.ResumeRollout;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Orders about rollouts. */
@RestController
@RequestMapping("/api/v1/rollouts")
public class RolloutsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final RolloutAssembly assembly;
    private final RequestIds ids;
    private final Positions positions;

    public RolloutsEndpoint(Commands commands, RolloutAssembly assembly, RequestIds ids, Positions positions) {
        this.commands = commands;
        this.assembly = assembly;
        this.ids = ids;
        this.positions = positions;
    }

    /** A planned rollout; its members are being frozen, after which it is ready. */
    public record PlannedRollout(RolloutId id, RolloutPlan plan) {}

    @PostMapping
    @Requires(Permission.ROLLOUTS_WRITE)
    @Operation(summary = "Plan a rollout over the devices a filter hits now")
    public Mono<ResponseEntity<PlannedRollout>> create(@RequestBody RolloutRequest request) {
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(ids.next())
                .map(id -> new CreateRollout(new RolloutId(id), assembly.plan(request)))
                .flatMap(command -> commands.send(command)
                        .thenReturn(ResponseEntity.created(URI.create("/api/v1/rollouts/" + command.rolloutId()))
                                .body(new PlannedRollout(command.rolloutId(), command.plan()))));
    }

    @PostMapping("/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Start a rollout, at once or as soon as its members are frozen")
    public Mono<Void> start(@PathVariable String id) {
        return send(new StartRollout(RolloutId.parse(id)));
    }

    @PostMapping("/{id}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Start no further group until resumed")
    public Mono<Void> pause(@PathVariable String id) {
        return send(new PauseRollout(RolloutId.parse(id)));
    }

    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Go on with a paused rollout")
    public Mono<Void> resume(@PathVariable String id) {
        return send(new ResumeRollout(RolloutId.parse(id)));
    }

    @PostMapping("/{id}/abort")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "End a rollout and ask its devices to stop")
    public Mono<Void> abort(@PathVariable String id) {
        return send(new AbortRollout(RolloutId.parse(id)));
    }

    private Mono<Void> send(RolloutCommand command) {
        return commands.send(command).then();
    }
}
