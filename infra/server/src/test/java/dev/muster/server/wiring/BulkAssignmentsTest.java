package dev.muster.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import dev.muster.overview.CommandRefused;
import dev.muster.registry.DeviceId;
import dev.muster.server.command.AxonCommands;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionType;
import dev.muster.updates.AssignReleases;
import dev.muster.updates.AssignReleases.Answers;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.UpdatesRefusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several devices decide together, on the server's own bus, aggregates and store. */
@Timeout(60)
class BulkAssignmentsTest {

    private static final RolloutId SUMMER = new RolloutId(new UUID(1, 1));
    private static final RolloutId WINTER = new RolloutId(new UUID(2, 2));
    private static final ReleaseRef ONE = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final ReleaseRef TWO = new ReleaseRef(ReleaseId.of("os", "2"), "os", "2");
    private static final ReleaseRef THREE = new ReleaseRef(ReleaseId.of("os", "3"), "os", "3");
    private static final Hardware BOARD = new Hardware("board", "1.0");
    private static final Map<String, String> BY_ROLLOUT = Map.of(Provenance.ACTOR, "system:rollout");

    @TempDir
    Path dir;

    private DecisionHouse house;

    @BeforeEach
    void aServer() {
        house = new DecisionHouse(dir);
    }

    @AfterEach
    void closed() {
        house.close();
    }

    private static AssignRelease assign(String device, int action, RolloutId rollout, ReleaseRef release) {
        return assign(device, action, rollout, release, BOARD);
    }

    private static AssignRelease assign(
            String device, int action, RolloutId rollout, ReleaseRef release, Hardware hardware) {
        return new AssignRelease(
                new DeviceId(device),
                action,
                release,
                false,
                List.of(List.of(BOARD)),
                hardware,
                null,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                false,
                null,
                rollout,
                0,
                null,
                null,
                false,
                false);
    }

    private static ActionAssigned assigned(String device, int action, RolloutId rollout, ReleaseRef release) {
        return new ActionAssigned(
                new DeviceId(device),
                action,
                release,
                false,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                rollout,
                0,
                null,
                null,
                null,
                null);
    }

    private Map<DeviceId, Assigned> together(AssignRelease... each) {
        return house.here
                .<Answers>send(new AssignReleases(List.of(each)), BY_ROLLOUT)
                .join()
                .given();
    }

    private Assigned alone(AssignRelease one) {
        return house.here.<Assigned>send(one, BY_ROLLOUT).join();
    }

    private List<Object> history(String device) {
        List<Object> payloads = new ArrayList<>();
        house.events.readEvents("updates/" + device).forEachRemaining(event -> payloads.add(event.getPayload()));
        return payloads;
    }

    private MetaData metaData(String device) {
        return house.events.readEvents("updates/" + device).next().getMetaData();
    }

    @Test
    void whatFollowsIsOneAppendAndLooksAsIfEachWereAskedAlone() {
        alone(assign("d2", 1, SUMMER, ONE));
        alone(assign("alone", 2, WINTER, TWO));
        house.appends.clear();

        assertThat(together(assign("d3", 3, WINTER, TWO), assign("d2", 4, WINTER, TWO), assign("d1", 5, WINTER, TWO)))
                .containsOnly(
                        Map.entry(new DeviceId("d3"), new Assigned(3, true)),
                        Map.entry(new DeviceId("d2"), new Assigned(4, true)),
                        Map.entry(new DeviceId("d1"), new Assigned(5, true)));
        assertThat(house.appends).singleElement().satisfies(append -> assertThat(append)
                .hasSize(4));
        assertThat(history("d1")).containsExactly(assigned("d1", 5, WINTER, TWO));
        assertThat(history("d2"))
                .containsExactly(
                        assigned("d2", 1, SUMMER, ONE),
                        new ActionCancelRequested(new DeviceId("d2"), 1, CancelCause.SUPERSEDED),
                        assigned("d2", 4, WINTER, TWO));
        assertThat(history("d3")).containsExactly(assigned("d3", 3, WINTER, TWO));
        assertThat(metaData("d1"))
                .isEqualTo(metaData("alone"))
                .containsEntry(Provenance.ACTOR, "system:rollout")
                .containsEntry(Provenance.COMMAND, "updates.AssignRelease");
    }

    @Test
    void whoRefusesLeavesNoTraceAndStopsNobody() {
        Hardware other = new Hardware("other", "1.0");
        assertThat(together(
                        assign("d1", 1, WINTER, TWO),
                        assign("d2", 2, WINTER, TWO, other),
                        assign("d3", 3, WINTER, TWO)))
                .containsOnlyKeys(new DeviceId("d1"), new DeviceId("d3"));
        assertThat(history("d2")).isEmpty();
        assertThat(house.appended())
                .as("nor is the refusal recorded yet")
                .containsExactlyInAnyOrder(assigned("d1", 1, WINTER, TWO), assigned("d3", 3, WINTER, TWO));

        assertThatThrownBy(() -> alone(assign("d2", 4, WINTER, TWO, other)))
                .matches(failure -> Refused.is(failure, UpdatesRefusal.RELEASE_INCOMPATIBLE));
        assertThat(house.appended().getLast()).isInstanceOfSatisfying(CommandRefused.class, refused -> {
            assertThat(refused.command()).isEqualTo("updates.AssignRelease");
            assertThat(refused.target()).isEqualTo("updates/d2");
        });

        assertThat(alone(assign("d2", 5, WINTER, TWO))).as("it still can").isEqualTo(new Assigned(5, true));
    }

    @Test
    void aNumberThatCameTooLateIsThatDevicesOwnTrouble() {
        alone(assign("d2", 10, SUMMER, ONE));
        assertThat(together(assign("d1", 3, WINTER, TWO), assign("d2", 4, WINTER, TWO)))
                .containsOnlyKeys(new DeviceId("d1"));
        assertThat(history("d2")).containsExactly(assigned("d2", 10, SUMMER, ONE));
        assertThat(alone(assign("d2", 11, WINTER, TWO))).isEqualTo(new Assigned(11, true));
    }

    @Test
    void aBulkThatIsRepeatedGivesTheSameNumbersAndNoSecondAction() {
        Map<DeviceId, Assigned> first = together(assign("d1", 1, WINTER, TWO), assign("d2", 2, WINTER, TWO));
        assertThat(together(assign("d1", 3, WINTER, TWO), assign("d2", 4, WINTER, TWO), assign("d3", 5, WINTER, TWO)))
                .containsAllEntriesOf(first)
                .containsEntry(new DeviceId("d3"), new Assigned(5, true));
        assertThat(alone(assign("d1", 6, WINTER, TWO))).isEqualTo(new Assigned(1, true));
        assertThat(history("d1")).hasSize(1);
        assertThat(history("d2")).hasSize(1);
        assertThat(history("d3")).hasSize(1);
    }

    /** What a server remembers of a device is not true any more once another has written; one such spoils the bulk. */
    @Test
    void anotherWriterSpoilsItAsAWholeAndNothingOfItIsRemembered() {
        alone(assign("d2", 1, SUMMER, ONE));
        AxonCommands there = house.commandsOf(house.node());
        assertThat(there.<Assigned>send(assign("d2", 2, WINTER, TWO), BY_ROLLOUT)
                        .join())
                .isEqualTo(new Assigned(2, true));

        RolloutId spring = new RolloutId(new UUID(3, 3));
        AssignRelease[] each = {
            assign("d1", 3, spring, THREE),
            assign("d2", 4, spring, THREE),
            assign("d3", 5, spring, THREE),
            assign("d4", 6, spring, THREE, new Hardware("other", "1.0"))
        };
        assertThat(house.failureOf(new AssignReleases(List.of(each)), BY_ROLLOUT))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(history("d1")).isEmpty();
        assertThat(history("d2")).endsWith(assigned("d2", 2, WINTER, TWO));
        assertThat(history("d3")).isEmpty();

        assertThat(together(each))
                .as("with what is true, it goes")
                .containsOnlyKeys(new DeviceId("d1"), new DeviceId("d2"), new DeviceId("d3"));
        assertThat(history("d1")).containsExactly(assigned("d1", 3, spring, THREE));
        assertThat(history("d2")).endsWith(assigned("d2", 4, spring, THREE));
        assertThat(history("d3")).containsExactly(assigned("d3", 5, spring, THREE));
    }

    /** Whoever decided in vain would say ever after that it has what it never got. */
    @Test
    void whoWasRememberedAndIsSpoiledByAnotherDecidesAnew() {
        alone(assign("d1", 1, SUMMER, ONE));
        alone(assign("d2", 2, SUMMER, ONE));
        house.commandsOf(house.node())
                .<Assigned>send(assign("d2", 3, WINTER, TWO), BY_ROLLOUT)
                .join();

        RolloutId spring = new RolloutId(new UUID(3, 3));
        AssignReleases both =
                new AssignReleases(List.of(assign("d1", 4, spring, THREE), assign("d2", 5, spring, THREE)));
        assertThat(house.failureOf(both, BY_ROLLOUT)).isInstanceOf(ConcurrencyException.class);
        assertThat(history("d1")).containsExactly(assigned("d1", 1, SUMMER, ONE));

        assertThat(alone(assign("d1", 6, spring, THREE))).isEqualTo(new Assigned(6, true));
        assertThat(history("d1"))
                .containsExactly(
                        assigned("d1", 1, SUMMER, ONE),
                        new ActionCancelRequested(new DeviceId("d1"), 1, CancelCause.SUPERSEDED),
                        assigned("d1", 6, spring, THREE));
    }

    @Test
    void twoInOppositeOrderDoNotWaitForEachOther() {
        int devices = 32;
        int number = 1;
        for (int round = 0; round < 50; round++) {
            List<AssignRelease> forward = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                forward.add(assign("r" + round + "-" + (10 + i), number++, SUMMER, ONE));
            }
            List<AssignRelease> backward = new ArrayList<>();
            for (int i = devices - 1; i >= 0; i--) {
                backward.add(assign("r" + round + "-" + (10 + i), number++, WINTER, ONE));
            }
            CompletableFuture<Answers> one = house.here.send(new AssignReleases(forward), BY_ROLLOUT);
            CompletableFuture<Answers> two = house.here.send(new AssignReleases(backward), BY_ROLLOUT);
            Map<DeviceId, Assigned> first = one.join().given();
            Map<DeviceId, Assigned> second = two.join().given();
            for (AssignRelease each : forward) {
                Assigned summer = first.get(each.deviceId());
                Assigned winter = second.get(each.deviceId());
                assertThat(summer.action()).isEqualTo(winter.action());
                assertThat(summer.created()).as("given once").isNotEqualTo(winter.created());
            }
        }
    }
}
