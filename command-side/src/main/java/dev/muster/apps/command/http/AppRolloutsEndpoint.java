package dev.muster.apps.command.http;

import dev.muster.apps.AppAccounts;
import dev.muster.apps.AppRolloutCommand;
import dev.muster.apps.AppRolloutCommand.AbortRollout;
import dev.muster.apps.AppRolloutCommand.PauseRollout;
import dev.muster.apps.AppRolloutCommand.ResumeRollout;
import dev.muster.apps.AppRolloutCommand.StartRollout;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.command.AppRolloutOffice;
import dev.muster.apps.command.AppRolloutOffice.Order;
import dev.muster.config.command.http.ObjectBody;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.RequestIds;
import dev.muster.staging.command.http.ResumeRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders about rollouts of releases of apps. */
@RestController
@RequestMapping("/api/v1/app-rollouts")
public class AppRolloutsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final AppRolloutOffice office;
    private final AppAccounts accounts;
    private final RequestIds ids;
    private final Positions positions;

    public AppRolloutsEndpoint(
            Commands commands, AppRolloutOffice office, AppAccounts accounts, RequestIds ids, Positions positions) {
        this.commands = commands;
        this.office = office;
        this.accounts = accounts;
        this.ids = ids;
        this.positions = positions;
    }

    /** A planned rollout; its members are being frozen, after which it is ready. */
    public record PlannedAppRollout(AppRolloutId id, AppRolloutPlan plan) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary = "Plan a rollout of a release over the devices with an agent that a filter hits now",
            description = "The body is {\"name\", \"app\", \"version\", \"target\": \"running\", \"present\" or none,"
                    + " \"place\": \"project/<key>\" or \"group/<path>\" that stays with the release in the end,"
                    + " \"filter\", \"groups\": [{\"name\", \"percent\", \"successPercent\", \"errorPercent\"}],"
                    + " \"startAt\", \"timeout\"}.")
    public Mono<ResponseEntity<PlannedAppRollout>> create(@RequestBody Flux<DataBuffer> body) {
        return ObjectBody.members(body, AppBodies.BYTES_MAX, AppRolloutRequest.MEMBERS)
                .map(AppRolloutRequest::order)
                .flatMap(order -> Caller.current().flatMap(accounts::of).flatMap(account -> positions
                        .caughtUp(CATCH_UP_MAX)
                        .then(ids.next())
                        .flatMap(id -> created(new AppRolloutId(id), order, account))));
    }

    private Mono<ResponseEntity<PlannedAppRollout>> created(AppRolloutId id, Order order, long account) {
        return office.create(id, order, account)
                .map(plan -> ResponseEntity.created(URI.create("/api/v1/app-rollouts/" + id))
                        .body(new PlannedAppRollout(id, plan)));
    }

    @PostMapping("/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Start a rollout of a release, at once or as soon as its members are frozen")
    public Mono<Void> start(@PathVariable String id) {
        return send(new StartRollout(AppRolloutId.parse(id)));
    }

    @PostMapping("/{id}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Start no further group until resumed; members keep the release they have")
    public Mono<Void> pause(@PathVariable String id) {
        return send(new PauseRollout(AppRolloutId.parse(id)));
    }

    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary = "Go on with a paused rollout, or leave its release to its place once more",
            description =
                    "With {\"pauseCause\", \"group\"} only the pause that was seen: why it stood still, and the index"
                            + " of the newest group that had started. Refused when it is paused for another reason by now.")
    public Mono<Void> resume(@PathVariable String id, @RequestBody(required = false) @Nullable ResumeRequest request) {
        return send(new ResumeRollout(AppRolloutId.parse(id), ResumeRequest.seen(request)));
    }

    @PostMapping("/{id}/abort")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "End a rollout; all of its members go back to the release they have without it")
    public Mono<Void> abort(@PathVariable String id) {
        return send(new AbortRollout(AppRolloutId.parse(id), null));
    }

    private Mono<Void> send(AppRolloutCommand command) {
        return commands.<Object>send(command).then();
    }
}
