package dev.muster.config.query;

import static dev.muster.config.query.TestConfig.NET;
import static dev.muster.config.query.TestConfig.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices that do not have what they should. */
class DriftIndexTest {

    private static final DeviceId OTHER = new DeviceId("other");

    private final TestConfig config = new TestConfig();

    private List<String> paths(DeviceId device) {
        DriftIndex.Drift drift = config.drift.of(NET, device);
        return drift == null ? List.of() : drift.paths();
    }

    @Test
    void onlyWhoTellsCanDiffer() {
        config.registers(ROBOT, null);
        config.writes(Layer.fleet(), "a", 1);
        assertThat(config.drift.count(NET)).isZero();
        config.writes(Layer.actual(ROBOT), "own", 1);
        assertThat(paths(ROBOT)).containsExactly("a");
        config.writes(Layer.actual(ROBOT), "a", 1);
        assertThat(config.drift.count(NET)).isZero();
        assertThat(config.drift.of(NET)).isEmpty();
    }

    @Test
    void itBeganWhenTheFirstThingDiffered() {
        config.registers(ROBOT, null);
        config.writes(Layer.actual(ROBOT), "a", 1);
        Recorded first = config.writes(Layer.fleet(), "a", 2);
        config.writes(Layer.fleet(), "b", 2);
        assertThat(paths(ROBOT)).containsExactly("a", "b");
        assertThat(config.drift.of(NET, ROBOT).since()).isEqualTo(first.at());
        config.writes(Layer.actual(ROBOT), Delta.set("a", Json.of(2)), Delta.set("b", Json.of(2)));
        assertThat(config.drift.of(NET, ROBOT)).isNull();
        Recorded again = config.writes(Layer.device(ROBOT), "b", 3);
        assertThat(config.drift.of(NET, ROBOT).since()).isEqualTo(again.at());
    }

    @Test
    void groupsAndRolloutsCountAsTheyComeAndGo() {
        config.registers(ROBOT, "site");
        config.registers(OTHER, null);
        config.writes(Layer.actual(ROBOT), "a", 1);
        config.writes(Layer.actual(OTHER), "a", 1);
        config.writes(Layer.group("site"), "a", 2);
        assertThat(config.drift.of(NET)).containsOnlyKeys(ROBOT);
        config.moves(ROBOT, null);
        config.moves(OTHER, "site");
        assertThat(config.drift.of(NET)).containsOnlyKeys(OTHER);
        config.writes(Layer.staged("r1"), "a", 1);
        config.rollouts.reaches(OTHER, "r1");
        // Told by the rollout, looked at with the next event: in the server that is the one the rollout tells of.
        config.writes(Layer.group("unrelated"), "a", 1);
        assertThat(config.drift.count(NET)).isZero();
    }

    @Test
    void whoLeftIsNobodysConcernUntilTheyAreBack() {
        config.registers(ROBOT, null);
        config.writes(Layer.actual(ROBOT), "a", 1);
        config.writes(Layer.fleet(), "a", 2);
        assertThat(config.drift.count(NET)).isEqualTo(1);
        config.leaves(ROBOT);
        assertThat(config.drift.count(NET)).isZero();
        config.writes(Layer.fleet(), "a", 3);
        assertThat(config.drift.count(NET)).isZero();
        config.registers(ROBOT, null);
        assertThat(paths(ROBOT)).containsExactly("a");
    }

    @Test
    void aSecretIsMissedButNotCompared() {
        config.registers(ROBOT, null);
        config.writes(Layer.actual(ROBOT), "a", 1);
        config.writes(Layer.device(ROBOT), Delta.sealed("wifi.key", "one"));
        assertThat(paths(ROBOT)).containsExactly("wifi.key");
        config.writes(Layer.actual(ROBOT), Delta.sealed("wifi.key", "another"));
        assertThat(config.drift.count(NET)).isZero();
    }

    /** Fold and schema leave the object around a secret behind; the device never had anything else in it. */
    @Test
    void anObjectAroundASecretIsNoWish() {
        config.registers(ROBOT, null);
        config.writes(Layer.device(ROBOT), Delta.set("wifi.ssid", Json.of("home")), Delta.sealed("wifi.key", "one"));
        config.writes(Layer.device(ROBOT), Delta.removed("wifi.ssid"));
        config.writes(Layer.actual(ROBOT), "a", 1);
        assertThat(paths(ROBOT)).containsExactly("wifi.key");
        config.writes(Layer.actual(ROBOT), Delta.sealed("wifi.key", "another"));
        assertThat(config.drift.count(NET)).isZero();
    }

    @Test
    void namesAHundredPathsAtMost() {
        List<Delta> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(Delta.set("k" + i, Json.of(i)));
        }
        config.writes(Layer.actual(ROBOT), "a", 1);
        config.writes(Layer.fleet(), many.toArray(new Delta[0]));
        assertThat(paths(ROBOT)).hasSize(DriftIndex.PATHS_MAX);
    }
}
