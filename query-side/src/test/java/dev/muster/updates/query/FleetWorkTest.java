package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import dev.muster.updates.OpenActions.OpenAction;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the index knows of work under way, of how rollouts ended, and of a filter that is asked of many ids. */
class FleetWorkTest {

    private static final ReleaseRef ONE = TestFleet.release("os", "1");
    private static final ReleaseRef TWO = TestFleet.release("os", "2");
    private static final RolloutId ROLLOUT = new RolloutId(new UUID(7, 7));
    private static final RolloutId OTHER = new RolloutId(new UUID(7, 8));

    private final TestFleet fleet = new TestFleet();

    @Test
    void devicesOnWhichARolloutFailedAreInOrderOfId() {
        for (String each : List.of("c", "a", "b", "d")) {
            fleet.registered(each);
        }
        fleet.assigned("c", 1, ONE, null, ROLLOUT).failed("c", 1, ONE, ROLLOUT);
        fleet.assigned("a", 2, ONE, null, ROLLOUT).failed("a", 2, ONE, ROLLOUT);
        fleet.assigned("b", 3, ONE, null, ROLLOUT).finished("b", 3, ONE, ROLLOUT);
        fleet.assigned("d", 4, ONE, null, OTHER).failed("d", 4, ONE, OTHER);
        assertThat(fleet.index.failed(ROLLOUT)).containsExactly(id("a"), id("c"));
    }

    @Test
    void everyActionOfAReleaseThatIsNotOverIsKnown() {
        fleet.registered("a").registered("b");
        fleet.assigned("a", 1, ONE).assigned("a", 2, TWO).assigned("b", 3, ONE);
        assertThat(fleet.index.of(ONE.id())).containsExactly(new OpenAction(id("a"), 1), new OpenAction(id("b"), 3));
        assertThat(fleet.index.releases()).containsExactlyInAnyOrder(ONE.id(), TWO.id());
        fleet.finished("b", 3, ONE);
        assertThat(fleet.index.of(ONE.id())).containsExactly(new OpenAction(id("a"), 1));
        fleet.finished("a", 1, ONE);
        assertThat(fleet.index.releases()).containsExactly(TWO.id());
    }

    @Test
    void aFilterForIdsSaysWhatTheFilterSays() {
        fleet.registered("a").registered("b");
        fleet.reports("a", Map.of("site", "north"));
        Predicate<DeviceId> hits = fleet.index.hits("attribute.site==north");
        assertThat(hits.test(id("a"))).isTrue();
        assertThat(hits.test(id("b"))).isFalse();
        assertThat(hits.test(id("gone"))).isFalse();
    }
}
