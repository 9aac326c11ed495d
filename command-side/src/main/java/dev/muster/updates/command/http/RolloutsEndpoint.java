package dev.muster.updates.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.Positions;
import dev.muster.kernel.RequestIds;
import dev.muster.staging.command.http.ResumeRequest;
import dev.muster.updates.RolloutCommand;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.ApproveRollout;
import dev.muster.updates.RolloutCommand.CloseJoining;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutCommand.DeleteRollout;
import dev.muster.updates.RolloutCommand.DenyRollout;
import dev.muster.updates.RolloutCommand.PauseRollout;
import dev.muster.updates.RolloutCommand.ResumeRollout;
import dev.muster.updates.RolloutCommand.RollBackRollout;
import dev.muster.updates.RolloutCommand.StartNextGroup;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.StopCause;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
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
import reactor.core.scheduler.Schedulers;

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

    /** @param remark for people, at most 1 000 characters */
    public record DecisionRequest(@Nullable String remark) {}

    /** @param scope those on which it failed, or all that were offered it */
    public record RollbackRequest(RolloutPolicy.@Nullable Rollback scope) {}

    @PostMapping
    @Requires(Permission.ROLLOUTS_WRITE)
    @Operation(summary = "Plan a rollout over the devices a filter hits now")
    public Mono<ResponseEntity<PlannedRollout>> create(@RequestBody RolloutRequest request) {
        return planned(() -> assembly.plan(request));
    }

    @PostMapping("/{id}/retry-failed")
    @Requires(Permission.ROLLOUTS_WRITE)
    @Operation(summary = "Plan the same rollout once more for the devices on which it failed")
    public Mono<ResponseEntity<PlannedRollout>> retryFailed(@PathVariable String id) {
        RolloutId before = RolloutId.parse(id);
        return planned(() -> assembly.retryOf(before));
    }

    @PostMapping("/{id}/approve")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_APPROVE)
    @Operation(summary = "Agree to somebody else's rollout; one that was started starts now")
    public Mono<Void> approve(
            @PathVariable String id, @RequestBody(required = false) @Nullable DecisionRequest request) {
        RolloutId rollout = RolloutId.parse(id);
        return Caller.current().flatMap(caller -> send(new ApproveRollout(rollout, caller.person(), remark(request))));
    }

    @PostMapping("/{id}/deny")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_APPROVE)
    @Operation(summary = "Say no to somebody else's rollout, for good")
    public Mono<Void> deny(@PathVariable String id, @RequestBody(required = false) @Nullable DecisionRequest request) {
        RolloutId rollout = RolloutId.parse(id);
        return Caller.current().flatMap(caller -> send(new DenyRollout(rollout, caller.person(), remark(request))));
    }

    @PostMapping("/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Start a rollout, at once or as soon as its members are frozen")
    public Mono<Void> start(@PathVariable String id) {
        return send(new StartRollout(RolloutId.parse(id)));
    }

    @PostMapping("/{id}/next-group")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Start the next group now, whatever the gate before it says")
    public Mono<Void> nextGroup(@PathVariable String id) {
        return send(new StartNextGroup(RolloutId.parse(id)));
    }

    @PostMapping("/{id}/close-joining")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Let no more devices join a rollout; it finishes when everyone has ended")
    public Mono<Void> closeJoining(@PathVariable String id) {
        return send(new CloseJoining(RolloutId.parse(id)));
    }

    @PostMapping("/{id}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "Offer it to no further device and start no further group until resumed")
    public Mono<Void> pause(@PathVariable String id) {
        return send(new PauseRollout(RolloutId.parse(id)));
    }

    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(
            summary = "Go on with a paused rollout",
            description =
                    "With {\"pauseCause\", \"group\"} only the pause that was seen: why it stood still, and the index"
                            + " of the newest group that had started. Refused when it is paused for another reason by now.")
    public Mono<Void> resume(@PathVariable String id, @RequestBody(required = false) @Nullable ResumeRequest request) {
        return send(new ResumeRollout(RolloutId.parse(id), ResumeRequest.seen(request)));
    }

    @PostMapping("/{id}/abort")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "End a rollout and ask its devices to stop")
    public Mono<Void> abort(@PathVariable String id) {
        return send(new AbortRollout(RolloutId.parse(id), StopCause.OPERATOR));
    }

    @PostMapping("/{id}/rollback")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.ROLLOUTS_OPERATE)
    @Operation(summary = "End a rollout and give its devices back what they had")
    public Mono<Void> rollBack(@PathVariable String id, @RequestBody RollbackRequest request) {
        return send(new RollBackRollout(RolloutId.parse(id), Given.required(request.scope(), "scope")));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.ROLLOUTS_WRITE)
    @Operation(summary = "Take a rollout that is not under way off the lists; history keeps it")
    public Mono<Void> delete(@PathVariable String id) {
        return send(new DeleteRollout(RolloutId.parse(id)));
    }

    /** Planning looks at the whole fleet: not on an event loop, nor on the thread that reads the log. */
    private Mono<ResponseEntity<PlannedRollout>> planned(Callable<RolloutPlan> plan) {
        Mono<RolloutPlan> made = Mono.fromCallable(plan).subscribeOn(Schedulers.boundedElastic());
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.zip(ids.next(), Caller.current(), made))
                .map(all -> new CreateRollout(
                        new RolloutId(all.getT1()), all.getT3(), all.getT2().person()))
                .flatMap(command -> commands.send(command)
                        .thenReturn(ResponseEntity.created(URI.create("/api/v1/rollouts/" + command.rolloutId()))
                                .body(new PlannedRollout(command.rolloutId(), command.plan()))));
    }

    private static @Nullable String remark(@Nullable DecisionRequest request) {
        return request == null ? null : request.remark();
    }

    private Mono<Void> send(RolloutCommand command) {
        return commands.send(command).then();
    }
}
