package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigRolloutCommand.CreateRollout;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.ConfigRollouts;
import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.Layers;
import dev.muster.config.Registries;
import dev.muster.config.Registries.Definition;
import dev.muster.config.RegistryId;
import dev.muster.config.RegistrySchema;
import dev.muster.config.Seals;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceDirectory;
import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Plans rollouts of configuration. What is asked for is rehearsed first: the values must fit the schema, by themselves
 * and over what the target has. Then they are written into the rollout's layer, which nobody has yet, and the rollout
 * is created; a request that is repeated after a crash in between finishes that.
 */
public final class ConfigRolloutOffice {

    private final Commands commands;
    private final Registries registries;
    private final Databags databags;
    private final Seals seals;
    private final DeviceDirectory devices;
    private final ConfigRollouts rollouts;

    public ConfigRolloutOffice(
            Commands commands,
            Registries registries,
            Databags databags,
            Seals seals,
            DeviceDirectory devices,
            ConfigRollouts rollouts) {
        this.commands = commands;
        this.registries = registries;
        this.databags = databags;
        this.seals = seals;
        this.devices = devices;
        this.rollouts = rollouts;
    }

    /**
     * What somebody wants rolled out; meanings as in {@link ConfigRolloutPlan}.
     *
     * @param values request path → JSON text
     */
    public record Order(
            String name,
            RegistryId registry,
            String view,
            Map<String, String> values,
            Layer target,
            String filter,
            List<Group> groups,
            @Nullable Instant startAt,
            @Nullable Duration timeout) {

        public Order {
            values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** Without the values, which may be secret. */
        @Override
        public String toString() {
            return "Order[" + name + ", " + registry + ", " + view + ", " + List.copyOf(values.keySet()) + "]";
        }
    }

    /**
     * Answers the plan when the rollout exists; memory shall have caught up before. One that exists is left as it is:
     * what it gives its members went through its groups, and is not changed past them.
     */
    public Mono<ConfigRolloutPlan> create(ConfigRolloutId id, Order order) {
        return Mono.fromCallable(() -> rehearsed(id, order))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(rehearsal -> rehearsal.exists()
                        ? Mono.just(rehearsal.plan())
                        : commands.<Long>send(rehearsal.write())
                                .then(Mono.defer(() -> commands.<Boolean>send(new CreateRollout(id, rehearsal.plan()))))
                                .thenReturn(rehearsal.plan()));
    }

    /**
     * @param write into the rollout's layer, as it is now
     * @param exists whether there is this very rollout already
     */
    private record Rehearsal(ConfigRolloutPlan plan, WriteView write, boolean exists) {}

    private Rehearsal rehearsed(ConfigRolloutId id, Order order) {
        ConfigRolloutPlan plan = planned(order);
        Json.Members change = onlyWhatFits(plan, order);
        onlyFreeMembers(id, plan);
        DatabagId layer = new DatabagId(plan.registry(), id.layer());
        Databag staged = databags.find(layer);
        ConfigRolloutView known = rollouts.find(id);
        // What one that is over had staged may be cleared away by now, and is nobody's any more.
        boolean same = known != null
                && known.plan().equals(plan)
                && (known.over() || staged.opened(layer, seals).equals(change));
        if (known != null && !same) {
            throw ConfigRefusal.ROLLOUT_EXISTS.because("Rollout " + id + " exists with another plan.");
        }
        // Refused when somebody creates the same rollout in the same moment: their values might be others.
        WriteView write = new WriteView(layer, plan.profile(), plan.view(), order.values(), staged.version());
        return new Rehearsal(plan, write, known != null);
    }

    private ConfigRolloutPlan planned(Order order) {
        Definition definition = registries.needed(order.registry());
        ConfigRolloutPlan plan = new ConfigRolloutPlan(
                order.name(),
                order.registry(),
                definition.profile(),
                order.view(),
                List.copyOf(order.values().keySet()),
                order.target(),
                order.filter(),
                order.groups(),
                order.startAt(),
                order.timeout());
        ConfigRolloutRules.check(plan);
        return plan;
    }

    private Json.Members onlyWhatFits(ConfigRolloutPlan plan, Order order) {
        RegistrySchema schema = registries.needed(plan.registry()).schema(plan.profile());
        Map<String, Json> values = DatabagDecision.parsed(order.values());
        values.forEach((request, value) -> {
            if (hasNull(value)) {
                throw ConfigRefusal.ROLLOUT_INVALID.because(
                        "A rollout gives values and takes none away; '" + request + "' is null, or has a null inside.");
            }
        });
        Json.Members change = schema.written(Json.Members.NONE, plan.view(), values);
        if (change.isEmpty()) {
            throw ConfigRefusal.ROLLOUT_INVALID.because("These values change nothing.");
        }
        schema.validate(change, true);
        Json.Members target = databags.find(plan.targetId()).opened(plan.targetId(), seals);
        schema.validate(Layers.over(List.of(target, change)), plan.target().isWish());
        return change;
    }

    /** A layer over others can say something at a place, but not that there is nothing. */
    private static boolean hasNull(Json value) {
        return value instanceof Json.Null
                || value instanceof Json.Members members
                        && members.values().values().stream().anyMatch(ConfigRolloutOffice::hasNull);
    }

    private void onlyFreeMembers(ConfigRolloutId id, ConfigRolloutPlan plan) {
        List<DeviceDirectory.DeviceFacts> members = devices.matchingFacts(plan.filter());
        if (members.isEmpty()) {
            throw ConfigRefusal.ROLLOUT_EMPTY.because("No device matches '" + plan.filter() + "'.");
        }
        List<String> others = new ArrayList<>(Overlaps.of(
                rollouts,
                id,
                plan.registry(),
                members.stream().map(DeviceDirectory.DeviceFacts::id).toList()));
        if (!others.isEmpty()) {
            throw ConfigRefusal.ROLLOUT_OVERLAPS.because(
                    "Some of these devices are members of another rollout of '" + plan.registry()
                            + "' that is not over, such as " + others.getFirst() + ".",
                    Map.of("rollouts", others));
        }
    }
}
