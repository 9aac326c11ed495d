package dev.muster.config.command.http;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigRolloutCommand;
import dev.muster.config.ConfigRolloutCommand.AbortRollout;
import dev.muster.config.ConfigRolloutCommand.PauseRollout;
import dev.muster.config.ConfigRolloutCommand.ResumeRollout;
import dev.muster.config.ConfigRolloutCommand.StartRollout;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.ConfigRollouts;
import dev.muster.config.RegistryId;
import dev.muster.config.command.ConfigRolloutOffice;
import dev.muster.config.command.ConfigRolloutOffice.Order;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.RequestIds;
import dev.muster.staging.command.http.ResumeRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
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

/** Orders about rollouts of configuration. */
@RestController
@RequestMapping("/api/v1/registries/{account}/{name}/rollouts")
public class ConfigRolloutsEndpoint {

    private static final int BODY_BYTES_MAX = 4 << 20;
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final ConfigRolloutOffice office;
    private final ConfigRollouts rollouts;
    private final RequestIds ids;
    private final Positions positions;

    public ConfigRolloutsEndpoint(
            Commands commands,
            ConfigRolloutOffice office,
            ConfigRollouts rollouts,
            RequestIds ids,
            Positions positions) {
        this.commands = commands;
        this.office = office;
        this.rollouts = rollouts;
        this.ids = ids;
        this.positions = positions;
    }

    /** A planned rollout; its members are being frozen, after which it is ready. */
    public record PlannedConfigRollout(ConfigRolloutId id, ConfigRolloutPlan plan) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(
            summary = "Plan a rollout of values over the devices a filter hits now",
            description = "The body is {\"name\", \"view\", \"values\": {path: value}, \"filter\","
                    + " \"target\": \"fleet\" or \"group/<name>\", \"groups\": [{\"name\", \"percent\", \"successPercent\", \"errorPercent\"}],"
                    + " \"startAt\", \"timeout\"}.")
    public Mono<ResponseEntity<PlannedConfigRollout>> create(
            @PathVariable String account, @PathVariable String name, @RequestBody Flux<DataBuffer> body) {
        RegistryId registry = new RegistryId(account, name);
        return ObjectBody.members(body, BODY_BYTES_MAX, ConfigRolloutRequest.MEMBERS)
                .map(members -> ConfigRolloutRequest.order(registry, members))
                .flatMap(order -> positions
                        .caughtUp(CATCH_UP_MAX)
                        .then(ids.next())
                        .flatMap(id -> created(new ConfigRolloutId(id), order)));
    }

    private Mono<ResponseEntity<PlannedConfigRollout>> created(ConfigRolloutId id, Order order) {
        return office.create(id, order).map(plan -> ResponseEntity.created(
                        URI.create("/api/v1/registries/" + plan.registry() + "/rollouts/" + id))
                .body(new PlannedConfigRollout(id, plan)));
    }

    @PostMapping("/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(summary = "Start a rollout of values, at once or as soon as its members are frozen")
    public Mono<Void> start(@PathVariable String account, @PathVariable String name, @PathVariable String id) {
        return send(account, name, id, StartRollout::new);
    }

    @PostMapping("/{id}/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(summary = "Start no further group until resumed; members keep the values they have")
    public Mono<Void> pause(@PathVariable String account, @PathVariable String name, @PathVariable String id) {
        return send(account, name, id, PauseRollout::new);
    }

    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(
            summary = "Go on with a paused rollout, or give its values to its target once more",
            description =
                    "With {\"pauseCause\", \"group\"} only the pause that was seen: why it stood still, and the index"
                            + " of the newest group that had started. Refused when it is paused for another reason by now.")
    public Mono<Void> resume(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable ResumeRequest request) {
        return send(account, name, id, rollout -> new ResumeRollout(rollout, ResumeRequest.seen(request)));
    }

    @PostMapping("/{id}/abort")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(summary = "End a rollout and take its values from all of its members")
    public Mono<Void> abort(@PathVariable String account, @PathVariable String name, @PathVariable String id) {
        return send(account, name, id, rollout -> new AbortRollout(rollout, null));
    }

    private Mono<Void> send(
            String account, String name, String id, Function<ConfigRolloutId, ConfigRolloutCommand> order) {
        RegistryId registry = new RegistryId(account, name);
        ConfigRolloutId rollout = ConfigRolloutId.parse(id);
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> {
                    onlyOf(registry, rollout);
                    return commands.<Object>send(order.apply(rollout));
                }))
                .then();
    }

    private void onlyOf(RegistryId registry, ConfigRolloutId rollout) {
        if (!rollouts.needed(rollout).plan().registry().equals(registry)) {
            throw ConfigRefusal.ROLLOUT_UNKNOWN.because("'" + registry + "' has no rollout " + rollout + ".");
        }
    }
}
