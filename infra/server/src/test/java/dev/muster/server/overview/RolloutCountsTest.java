package dev.muster.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.testing.HandClock;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.StopCause;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutCountsTest {

    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "2"), "os", "2");
    private static final RolloutPolicy.Retry ONCE = new RolloutPolicy.Retry(1, Duration.ofMinutes(1), 1);

    private final HandClock clock = HandClock.at("2026-11-20T08:10:00Z");
    private final RolloutCounts counts = new RolloutCounts(clock);
    private final MemoryLog log = new MemoryLog(counts);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void bind() {
        counts.bindTo(registry);
    }

    private static RolloutId rollout(int number) {
        return new RolloutId(new UUID(0, number));
    }

    private void happens(Object event) {
        log.record("x", event);
    }

    private void started(RolloutId id, int groups) {
        List<Group> plan = IntStream.range(0, groups)
                .mapToObj(i -> new Group("g", 100.0 / groups, 80, 20, null, null))
                .toList();
        happens(new RolloutEvent.RolloutCreated(
                id,
                new RolloutPlan(
                        "spring", OS, "id==*", plan, ActionType.FORCED, null, null, null, false, null, null, null),
                null));
        happens(new RolloutEvent.RolloutReady(
                id, IntStream.range(0, groups).mapToObj(i -> 4).toList(), 0));
        happens(new RolloutEvent.RolloutStarted(id));
        happens(new RolloutEvent.GroupStarted(id, 0));
    }

    private void assigned(RolloutId id, int device, int action, @Nullable Tries tries) {
        happens(new ActionEvent.ActionAssigned(
                new DeviceId("d" + device),
                action,
                OS,
                false,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                id,
                0,
                tries,
                null,
                null,
                null));
    }

    private void failed(RolloutId id, int device, int action, @Nullable Instant retryAt) {
        happens(new ActionEvent.ActionFailed(
                new DeviceId("d" + device), action, OS, false, null, List.of(), null, id, 0, retryAt, null));
    }

    private @Nullable Double value(String name, String... tags) {
        counts.refresh();
        Gauge gauge = registry.find(name).tags(tags).gauge();
        return gauge == null ? null : gauge.value();
    }

    private @Nullable Double devices(RolloutId id, String status) {
        return value("muster.rollout.devices", "rollout", id.toString(), "group", "1 g", "status", status);
    }

    @Test
    void everyDeviceIsInOneStatus() {
        RolloutId id = rollout(1);
        started(id, 2);
        assigned(id, 0, 1, null);
        assigned(id, 1, 2, new Tries(1, ONCE));
        assigned(id, 2, 3, null);
        failed(id, 1, 2, clock.instant());
        happens(new ActionEvent.ActionInstalled(
                new DeviceId("d2"), 3, OS, null, List.of(), null, clock.instant(), id, 0));

        assertThat(devices(id, "waiting")).isEqualTo(1);
        assertThat(devices(id, "running")).isEqualTo(1);
        assertThat(devices(id, "retrying")).isEqualTo(1);
        assertThat(devices(id, "verifying")).isEqualTo(1);
        assertThat(devices(id, "failed")).isZero();

        assigned(id, 1, 4, new Tries(2, ONCE));
        failed(id, 1, 4, null);
        happens(new ActionEvent.ActionFinished(new DeviceId("d2"), 3, OS, null, List.of(), null, id, 0, true));
        assertThat(devices(id, "retrying")).isZero();
        assertThat(devices(id, "verifying")).isZero();
        assertThat(devices(id, "failed")).isEqualTo(1);
        assertThat(value("muster.rollout.success.ratio", "rollout", id.toString()))
                .isEqualTo(0.5);
        assertThat(value("muster.rollout.state", "rollout", id.toString(), "state", "running"))
                .isEqualTo(1);
    }

    @Test
    void whatIsOverIsShownForAnHour() {
        RolloutId id = rollout(1);
        started(id, 1);
        happens(new RolloutEvent.RolloutAborted(id, StopCause.OPERATOR));
        assertThat(value("muster.rollout.state", "rollout", id.toString(), "state", "stopped"))
                .isEqualTo(1);
        assertThat(devices(id, "waiting")).isEqualTo(4);

        clock.advance(RolloutCounts.SHOWN_AFTER_END);
        assertThat(devices(id, "waiting")).isNull();
        assertThat(value("muster.rollouts", "state", "stopped"))
                .as("its state still counts")
                .isEqualTo(1);
    }

    @Test
    void aDeletedOneCountsNoMore() {
        started(rollout(1), 1);
        happens(new RolloutEvent.RolloutAborted(rollout(1), StopCause.OPERATOR));
        happens(new RolloutEvent.RolloutDeleted(rollout(1)));

        assertThat(value("muster.rollouts", "state", "stopped")).isZero();
        assertThat(devices(rollout(1), "waiting")).isNull();
    }

    @Test
    void theSeriesAreBounded() {
        for (int i = 1; i <= 200; i++) {
            started(rollout(i), 300);
        }
        counts.refresh();

        assertThat(registry.find("muster.rollout.state").gauges().stream()
                        .map(gauge -> gauge.getId().getTag("rollout"))
                        .distinct())
                .hasSize(RolloutSeries.ROLLOUTS_MAX);
        assertThat(registry.find("muster.rollout.devices").gauges()).hasSize(RolloutSeries.ROLLOUTS_MAX * 2 * 8);
        assertThat(value(
                        "muster.rollout.devices",
                        "rollout",
                        rollout(200).toString(),
                        "group",
                        "others",
                        "status",
                        "waiting"))
                .isEqualTo(299 * 4);
    }
}
