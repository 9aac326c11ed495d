package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.RolloutHouse.ID;
import static dev.muster.config.command.RolloutHouse.device;
import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigRolloutCommand.CreateRollout;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagId;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.command.ConfigRolloutOffice.Order;
import dev.muster.config.command.RolloutHouse.Matching;
import dev.muster.staging.Group;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be planned at all, and in which order it comes to be. */
class ConfigRolloutOfficeTest {

    private static final List<Group> GROUPS = List.of(new Group("all", 100, 80, 20, null, null));

    private final RolloutHouse house = new RolloutHouse();
    private final Matching fleet = new Matching();
    private final ConfigRolloutOffice office = new ConfigRolloutOffice(
            house.commands, house.config.registries, house.config.databags, house.config.seals, fleet, house.rollouts);

    @BeforeEach
    void aFleet() {
        house.rollouts.plan = null;
        fleet.devices.add(device("one"));
        house.commands.answer = command ->
                CompletableFuture.completedFuture(command instanceof WriteView ? (Object) 1L : (Object) true);
    }

    private static Order order(Layer target, Map<String, String> values) {
        return new Order("winter", NET, "all", values, target, "id==*", GROUPS, null, null);
    }

    private ConfigRolloutPlan create(Order order) {
        return office.create(ID, order).block(Duration.ofSeconds(10));
    }

    @Test
    void theValuesAreInTheLayerBeforeTheRolloutIs() {
        Order order = order(Layer.group("site/line"), Map.of("wifi.key", "\"hush\""));
        ConfigRolloutPlan plan = create(order);
        assertThat(plan.requests()).containsExactly("wifi.key");
        assertThat(plan.toString() + order).doesNotContain("hush");
        assertThat(house.commands.all)
                .containsExactly(
                        new WriteView(
                                new DatabagId(NET, ID.layer()),
                                Profile.CONFDB,
                                "all",
                                Map.of("wifi.key", "\"hush\""),
                                0L),
                        new CreateRollout(ID, plan));
    }

    @Test
    void aRolloutThatExistsIsNotGivenOtherValues() {
        Order order = order(Layer.fleet(), Map.of("port", "1"));
        house.rollouts.plan = create(order);
        house.has(ID.layer(), "port", "1");
        house.commands.all.clear();
        assertThat(create(order)).as("said again").isEqualTo(house.rollouts.plan);
        assertRefused(ConfigRefusal.ROLLOUT_EXISTS, () -> create(order(Layer.fleet(), Map.of("port", "2"))));
        assertRefused(ConfigRefusal.ROLLOUT_EXISTS, () -> create(order(Layer.fleet(), Map.of("host", "\"x\""))));
        assertThat(house.commands.all).isEmpty();
    }

    @Test
    void whatAStoppedServerHadStagedIsStagedOnce() {
        house.has(ID.layer(), "port", "7");
        create(order(Layer.fleet(), Map.of("port", "1")));
        assertThat(house.commands.all).first().isInstanceOfSatisfying(WriteView.class, write -> assertThat(
                        write.expectedVersion())
                .isEqualTo(1));
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        assertRefused(ConfigRefusal.VALUE_INVALID, () -> create(order(Layer.fleet(), Map.of("port", "0"))));
        assertRefused(ConfigRefusal.NO_MATCH, () -> create(order(Layer.fleet(), Map.of("nothing", "0"))));
        assertRefused(ConfigRefusal.BAD_REQUEST, () -> create(order(Layer.fleet(), Map.of("port", "no json"))));
        assertRefused(ConfigRefusal.ROLLOUT_INVALID, () -> create(order(Layer.fleet(), Map.of("port", "null"))));
        assertRefused(
                ConfigRefusal.ROLLOUT_INVALID,
                () -> create(order(Layer.fleet(), Map.of("pair", "{\"a\":1,\"b\":null}"))));
        assertRefused(ConfigRefusal.ROLLOUT_INVALID, () -> create(order(Layer.fleet(), Map.of())));
        assertRefused(
                ConfigRefusal.ROLLOUT_INVALID, () -> create(order(Layer.actual(device("one")), Map.of("port", "1"))));
        assertThat(house.commands.all).isEmpty();
    }

    @Test
    void somebodyMustTakePartAndNobodyInTwo() {
        Order order = order(Layer.fleet(), Map.of("port", "1"));
        house.rollouts.member("one", 0, false);
        assertThat(create(order)).as("one that is said again meets only itself").isNotNull();
        assertThat(assertRefused(ConfigRefusal.ROLLOUT_OVERLAPS, () -> office.create(
                                        new ConfigRolloutId(new UUID(8, 8)), order)
                                .block(Duration.ofSeconds(10)))
                        .details())
                .containsEntry("rollouts", List.of(ID.toString()));
        fleet.devices.clear();
        assertRefused(ConfigRefusal.ROLLOUT_EMPTY, () -> create(order));
    }
}
