package dev.muster.config.query;

import static dev.muster.config.query.TestConfig.NET;
import static dev.muster.config.query.TestConfig.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Delta;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.config.Wish;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What devices should have, and who hears that it changed. */
class WishIndexTest {

    private static final DeviceId OTHER = new DeviceId("other");

    private final TestConfig config = new TestConfig();

    private String wished(DeviceId device) {
        return config.wishes.of(NET, device).clear().toString();
    }

    @Test
    void layersLieOverOneAnother() {
        config.registers(ROBOT, "site/line");
        config.writes(Layer.fleet(), "v", 1);
        assertThat(wished(ROBOT)).isEqualTo("{\"v\":1}");
        config.writes(Layer.group("site"), "v", 2);
        config.writes(Layer.group("site/line"), "v", 3);
        assertThat(wished(ROBOT)).isEqualTo("{\"v\":3}");
        config.writes(Layer.staged("r1"), "v", 4);
        assertThat(wished(ROBOT)).as("the rollout has not reached it").isEqualTo("{\"v\":3}");
        config.rollouts.reaches(ROBOT, "r1");
        assertThat(wished(ROBOT)).isEqualTo("{\"v\":4}");
        config.writes(Layer.device(ROBOT), "v", 5);
        assertThat(wished(ROBOT)).isEqualTo("{\"v\":5}");
        config.writes(Layer.actual(ROBOT), "v", 6);
        assertThat(wished(ROBOT)).as("what it has is no wish").isEqualTo("{\"v\":5}");
        assertThat(wished(OTHER)).isEqualTo("{\"v\":1}");
    }

    @Test
    void nothingWishedIsNoWish() {
        assertThat(config.wishes.of(NET, ROBOT)).isSameAs(Wish.NONE);
        config.registers(ROBOT, "site");
        assertThat(config.wishes.of(new RegistryId("acme", "other"), ROBOT)).isSameAs(Wish.NONE);
    }

    @Test
    void devicesThatDifferInNothingShareOne() {
        config.registers(ROBOT, "site");
        config.registers(OTHER, "site");
        config.writes(Layer.fleet(), "a", 1);
        config.writes(Layer.group("site"), "b", 1);
        Wish one = config.wishes.of(NET, ROBOT);
        assertThat(config.wishes.of(NET, OTHER)).isSameAs(one);
        config.writes(Layer.group("elsewhere"), "b", 2);
        assertThat(config.wishes.of(NET, ROBOT)).as("nothing of it changed").isSameAs(one);
        config.writes(Layer.device(OTHER), "b", 3);
        assertThat(config.wishes.of(NET, OTHER)).isNotSameAs(one);
        assertThat(config.wishes.of(NET, ROBOT)).isSameAs(one);
    }

    @Test
    void theTagChangesExactlyWhenTheValuesDo() {
        config.registers(ROBOT, "site");
        config.writes(Layer.fleet(), "v", 1);
        String first = config.wishes.of(NET, ROBOT).tag();
        config.writes(Layer.group("site"), "v", 1);
        assertThat(config.wishes.of(NET, ROBOT).tag())
                .as("the same from elsewhere")
                .isEqualTo(first);
        config.writes(Layer.fleet(), "v", 2);
        assertThat(config.wishes.of(NET, ROBOT).tag())
                .as("covered by the group")
                .isEqualTo(first);
        config.moves(ROBOT, null);
        assertThat(config.wishes.of(NET, ROBOT).tag()).isNotEqualTo(first);
        config.moves(ROBOT, "site");
        assertThat(config.wishes.of(NET, ROBOT).tag()).isEqualTo(first);
    }

    @Test
    void aWishDoesNotChangeUnderItsReader() {
        config.writes(Layer.fleet(), "v", 1);
        Wish before = config.wishes.of(NET, ROBOT);
        config.writes(Layer.fleet(), Delta.removed("v"));
        assertThat(before.clear()).hasToString("{\"v\":1}");
        assertThat(wished(ROBOT)).isEqualTo("{}");
    }

    @Test
    void tellsWhomItMayConcern() throws Exception {
        List<String> told = new ArrayList<>();
        try (AutoCloseable listening =
                config.wishes.onChange((registry, device) -> told.add(registry.name() + " " + device))) {
            config.registers(ROBOT, "site");
            assertThat(told).as("there are no wishes yet").isEmpty();
            config.writes(Layer.fleet(), "v", 1);
            config.writes(Layer.group("site"), "v", 1);
            config.writes(Layer.device(ROBOT), "v", 1);
            config.writes(Layer.actual(ROBOT), "v", 1);
            config.moves(ROBOT, null);
            config.rollouts.reaches(OTHER, "r1");
            config.leaves(ROBOT);
        }
        config.writes(Layer.fleet(), "v", 2);
        assertThat(told).containsExactly("net null", "net null", "net robot", "net robot", "net other", "net robot");
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() {
        List<RegistryId> told = new ArrayList<>();
        var unusedFirst = config.wishes.onChange((registry, device) -> {
            throw new IllegalStateException("not today");
        });
        var unusedSecond = config.wishes.onChange((registry, device) -> told.add(registry));
        config.writes(Layer.fleet(), "v", 1);
        assertThat(told).containsExactly(NET);
    }
}
