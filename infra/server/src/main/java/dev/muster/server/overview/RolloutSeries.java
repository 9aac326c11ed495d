package dev.muster.server.overview;

import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The series of single rollouts. Bounded: the newest rollouts only, and of each the newest groups that started, with the
 * others in one.
 */
final class RolloutSeries {

    static final int ROLLOUTS_MAX = 50;
    static final int GROUPS_MAX = 20;

    private final MultiGauge targets;
    private final MultiGauge ratios;
    private final MultiGauge devices;
    private final MultiGauge states;

    RolloutSeries(MeterRegistry registry) {
        targets = MultiGauge.builder("muster.rollout.targets")
                .description("Targets of rollouts under way by state")
                .register(registry);
        ratios = MultiGauge.builder("muster.rollout.success.ratio")
                .description("Share of ended targets that succeeded, 0 to 1")
                .register(registry);
        devices = MultiGauge.builder("muster.rollout.devices")
                .description("Devices of rollouts by group and status")
                .register(registry);
        states = MultiGauge.builder("muster.rollout.state")
                .description("1 for the state that a rollout is in")
                .register(registry);
    }

    /** @param before what was over then already is not shown */
    void write(Map<RolloutId, RolloutCount> rollouts, Instant before) {
        Rows rows = new Rows();
        for (Map.Entry<RolloutId, RolloutCount> each : newest(rollouts, before)) {
            rows.add(Tags.of("rollout", each.getKey().toString(), "name", each.getValue().name), each.getValue());
        }
        targets.register(rows.targets, true);
        ratios.register(rows.ratios, true);
        devices.register(rows.devices, true);
        states.register(rows.states, true);
    }

    private static List<Map.Entry<RolloutId, RolloutCount>> newest(
            Map<RolloutId, RolloutCount> rollouts, Instant before) {
        List<Map.Entry<RolloutId, RolloutCount>> shown = new ArrayList<>();
        for (Map.Entry<RolloutId, RolloutCount> each : rollouts.entrySet()) {
            Instant endedAt = each.getValue().endedAt;
            if (!each.getValue().deleted && (endedAt == null || !endedAt.isBefore(before))) {
                shown.add(Map.entry(each.getKey(), each.getValue()));
            }
        }
        // Those under way first when there are too many.
        shown.sort((one, other) ->
                Boolean.compare(one.getValue().underWay(), other.getValue().underWay()));
        return shown.subList(Math.max(0, shown.size() - ROLLOUTS_MAX), shown.size());
    }

    private static final class Rows {

        private final List<MultiGauge.Row<?>> targets = new ArrayList<>();
        private final List<MultiGauge.Row<?>> ratios = new ArrayList<>();
        private final List<MultiGauge.Row<?>> devices = new ArrayList<>();
        private final List<MultiGauge.Row<?>> states = new ArrayList<>();

        void add(Tags tags, RolloutCount count) {
            if (count.underWay()) {
                RolloutCount.Group all = count.all();
                targets.add(MultiGauge.Row.of(tags.and("state", "open"), Math.max(0, all.offered - all.ended())));
                targets.add(MultiGauge.Row.of(tags.and("state", "succeeded"), all.succeeded));
                targets.add(MultiGauge.Row.of(tags.and("state", "failed"), all.failed));
                targets.add(MultiGauge.Row.of(tags.and("state", "canceled"), all.canceled));
                ratios.add(MultiGauge.Row.of(tags, all.ended() == 0 ? 1.0 : (double) all.succeeded / all.ended()));
            }
            for (State state : State.values()) {
                String word = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
                states.add(MultiGauge.Row.of(tags.and("state", word), state == count.state ? 1 : 0));
            }
            count.shown(GROUPS_MAX).forEach((group, counters) -> counters.byStatus()
                    .forEach((status, number) ->
                            devices.add(MultiGauge.Row.of(tags.and("group", group, "status", status), number))));
        }
    }
}
