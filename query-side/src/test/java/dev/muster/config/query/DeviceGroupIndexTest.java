package dev.muster.config.query;

import static dev.muster.config.query.TestConfig.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Layer;
import dev.muster.registry.DeviceId;
import org.junit.jupiter.api.Test;

/** Groups are paths, and who is in one is in those around it. */
class DeviceGroupIndexTest {

    private final TestConfig config = new TestConfig();

    @Test
    void theWidestGroupComesFirst() {
        config.registers(ROBOT, "site/hall 1/line");
        assertThat(config.groups.of(ROBOT))
                .containsExactly(Layer.group("site"), Layer.group("site/hall 1"), Layer.group("site/hall 1/line"));
        assertThat(config.groups.in("site")).containsExactly(ROBOT);
        assertThat(config.groups.in("site/hall 1/line")).containsExactly(ROBOT);
    }

    @Test
    void whoMovesIsThereAndNotHere() {
        config.registers(ROBOT, "site/a");
        config.moves(ROBOT, "site/b");
        assertThat(config.groups.in("site")).containsExactly(ROBOT);
        assertThat(config.groups.in("site/a")).isEmpty();
        config.moves(ROBOT, null);
        assertThat(config.groups.of(ROBOT)).isEmpty();
        assertThat(config.groups.knows(ROBOT)).isTrue();
        config.leaves(ROBOT);
        assertThat(config.groups.knows(ROBOT)).isFalse();
        assertThat(config.groups.in("site")).isEmpty();
    }

    @Test
    void aGroupThatCanHaveNoWishesStopsNothing() {
        DeviceId odd = new DeviceId("odd");
        config.registers(odd, "site/with\ttab");
        assertThat(config.groups.of(odd)).containsExactly(Layer.group("site"));
        config.moves(new DeviceId("never-registered"), "site");
        assertThat(config.groups.in("site")).containsExactly(odd);
    }
}
