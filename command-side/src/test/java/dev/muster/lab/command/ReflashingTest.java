package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static dev.muster.lab.command.LabHouse.admin;
import static dev.muster.lab.command.LabHouse.user;
import static dev.muster.lab.command.LabHouse.wanted;
import static dev.muster.lab.command.Samples.flashed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Await;
import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.Selector;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.UpdatesRefusal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A board that comes back gets what it shall be lent with, or is not lent. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReflashingTest {

    private static final BoardName A = new BoardName("a64-1");
    private static final String ASSIGN = "assign os 1.0";

    private final LabHouse house = new LabHouse();

    /** A server that is gone takes its threads with it; that is no failure of the test. */
    @BeforeAll
    static void deathsAreExpected() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @AfterAll
    static void deathsAreFailuresAgain() {
        Awaitility.reset();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        assertThat(house.lab.faults).isEmpty();
    }

    private void begins(boolean keepsPower, long withinSeconds) {
        house.with(flashed("a64-1", keepsPower, withinSeconds)).started();
        await().until(() -> house.board("a64-1").power() == Power.OFF);
    }

    private Board reserved() {
        return Await.done(house.office.reserve(wanted(Selector.of(A), null), user("ann")));
    }

    private Board released() {
        return Await.done(house.office.release(A, user("ann")));
    }

    private void awaitState(BoardState state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> house.board("a64-1").state() == state);
    }

    /** All four tries are over. */
    private void awaitGivenUp() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> house.board("a64-1").state() == BoardState.FAULTY
                        && house.board("a64-1").attempt() == 4);
    }

    private List<ReleaseFailed> failures() {
        return house.events().stream()
                .filter(ReleaseFailed.class::isInstance)
                .map(ReleaseFailed.class::cast)
                .toList();
    }

    private long deeds(String deed) {
        return Collections.frequency(house.lab.deedsOf("a64-1"), deed);
    }

    @Test
    void itIsPoweredAndInstalledAfterEverythingElseAndIsOffWhenItIsFree() {
        begins(false, 60);
        reserved();
        house.devices.outcome = null;
        assertThat(released().state()).as("nobody waits for a device").isEqualTo(BoardState.RELEASING);
        await().until(() -> house.lab.power.get(A) == Power.ON);
        assertThat(house.board("a64-1").state()).isEqualTo(BoardState.RELEASING);
        assertRefused(LabRefusal.RESERVED, this::reserved);
        house.devices.outcome = ActionStatus.FINISHED;
        awaitState(BoardState.FREE);
        assertThat(house.board("a64-1").power()).isEqualTo(Power.OFF);
        assertThat(house.lab.deedsOf("a64-1"))
                .containsExactly(
                        "read", "script reserve", "on", "open", "close", "off", "script release", ASSIGN, "on", "off");
        assertThat(reserved().state()).isEqualTo(BoardState.RESERVED);
    }

    @Test
    void whatTheDeviceCannotInstallMakesTheBoardFaultyUntilItCan() {
        begins(false, 60);
        house.devices.outcome = ActionStatus.ERROR;
        reserved();
        released();
        awaitGivenUp();
        assertThat(failures()).hasSize(4).allSatisfy(each -> assertThat(each.code())
                .isEqualTo("lab.flash-back-failed"));
        assertThat(house.board("a64-1").fault()).isEqualTo("The device 'a64-1' did not install os 1.0: no room left");
        assertThat(house.board("a64-1").power()).isEqualTo(Power.OFF);
        assertThat(house.lab.environments).isEmpty();
        assertThat(deeds("cancel")).as("what has ended").isZero();

        house.devices.outcome = ActionStatus.FINISHED;
        Await.done(house.office.giveBack(A, admin()));
        awaitState(BoardState.FREE);
        assertThat(house.devices.actions).hasSize(5);
    }

    @Test
    void anActionThatSomebodyCancelsIsNoSuccess() {
        begins(false, 60);
        house.devices.outcome = ActionStatus.CANCELED;
        reserved();
        released();
        awaitState(BoardState.FAULTY);
        assertThat(failures().getFirst().message()).endsWith("the action was canceled.");
    }

    @Test
    void aDeviceThatSaysNothingInTimeIsPoweredOffWithNothingToDo() {
        begins(false, 1);
        house.devices.outcome = null;
        reserved();
        released();
        awaitState(BoardState.FAULTY);
        assertThat(failures().getFirst().code()).isEqualTo("lab.flash-back-timeout");
        assertThat(failures().getFirst().message())
                .isEqualTo("The device 'a64-1' did not install os 1.0 within 1 seconds.");
        assertThat(house.lab.deedsOf("a64-1")).containsSubsequence(ASSIGN, "on", "cancel", "off");
        assertThat(house.devices.actions.getFirst()).isEqualTo(ActionStatus.CANCELED);
    }

    @Test
    void whatDoesNotExistIsSaidAndNothingIsPowered() {
        begins(false, 60);
        house.devices.refusal = UpdatesRefusal.RELEASE_UNKNOWN;
        reserved();
        released();
        awaitGivenUp();
        assertThat(failures().getFirst().code()).isEqualTo("lab.flash-back-failed");
        assertThat(house.board("a64-1").fault())
                .isEqualTo("The board cannot be flashed back: There is no release os 1.0.");
        assertThat(deeds("on")).as("by the reservation").isEqualTo(1);
        assertThat(house.board("a64-1").power()).isEqualTo(Power.OFF);
    }

    @Test
    void powerThatCannotBeSwitchedOnIsAFailureOfThePowerAndLeavesNoAction() {
        begins(false, 60);
        reserved();
        house.lab.refusal = LabRefusal.POWER_TIMEOUT;
        house.lab.fail("on", 1);
        released();
        awaitState(BoardState.FREE);
        assertThat(failures()).singleElement().satisfies(each -> assertThat(each.code())
                .isEqualTo("lab.power-timeout"));
        assertThat(house.devices.actions).containsExactly(ActionStatus.CANCELED, ActionStatus.FINISHED);
    }

    @Test
    void whatFailedBeforeIsDoneFirst() {
        begins(false, 60);
        reserved();
        house.lab.fail("script release", 1);
        released();
        awaitState(BoardState.FREE);
        assertThat(house.lab.deedsOf("a64-1"))
                .containsSubsequence("script release", "close", "off", "script release", ASSIGN, "on", "off");
        assertThat(deeds(ASSIGN)).isEqualTo(1);
    }

    @Test
    void aBoardThatWasNeverHandedOverIsAsItWas() {
        begins(false, 60);
        house.lab.refusal = LabRefusal.POWER_AUTH;
        house.lab.fail("on", 1);
        assertRefused(LabRefusal.POWER_AUTH, this::reserved);
        awaitState(BoardState.FREE);
        assertThat(deeds(ASSIGN)).isZero();
    }

    @Test
    void aBoardThatComesBackFromMaintenanceIsNotKnownToBeAsItWas() {
        begins(false, 60);
        Await.done(house.office.maintain(A, "new fan", false, admin()));
        awaitState(BoardState.MAINTENANCE);
        Await.done(house.office.giveBack(A, admin()));
        awaitState(BoardState.FREE);
        assertThat(deeds(ASSIGN)).isEqualTo(1);
        assertThat(house.board("a64-1").power()).isEqualTo(Power.OFF);
    }

    @Test
    void powerThatIsToStayIsAsItWas() {
        begins(true, 60);
        reserved();
        released();
        awaitState(BoardState.FREE);
        assertThat(house.board("a64-1").power()).isEqualTo(Power.ON);
        assertThat(house.lab.deedsOf("a64-1")).endsWith("close", "read", "script release", ASSIGN, "read");

        reserved();
        Await.done(house.office.power(A, PowerAction.OFF, user("ann")));
        released();
        awaitState(BoardState.FREE);
        assertThat(house.board("a64-1").power()).isEqualTo(Power.OFF);
        assertThat(house.lab.deedsOf("a64-1")).endsWith("read", "script release", ASSIGN, "on", "off");
    }

    @Test
    void aStopWhileItIsInstalledGoesOnWithTheSameAction() throws Exception {
        begins(false, 60);
        house.devices.outcome = null;
        reserved();
        released();
        await().until(() -> house.lab.power.get(A) == Power.ON && deeds(ASSIGN) == 1);
        house.stopped();
        assertThat(deeds("cancel")).isZero();
        house.started();
        await().until(() -> deeds(ASSIGN) == 2);
        house.devices.outcome = ActionStatus.FINISHED;
        awaitState(BoardState.FREE);
        assertThat(house.devices.actions).containsExactly(ActionStatus.FINISHED);
        assertThat(house.lab.power.get(A)).isEqualTo(Power.OFF);
        assertThat(failures()).isEmpty();
    }

    /** The server is gone at that point; everything else that it would still have done is not done. */
    private static final class Gone extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void aStopRightAfterItNeverLeavesAFreeBoardPowered() throws Exception {
        Set<String> reached = ConcurrentHashMap.newKeySet();
        house.with(flashed("a64-1", false, 60)).started(point -> {
            if (point.equals("release:after-flash-back") && reached.add(point)) {
                throw new Gone();
            }
        });
        reserved();
        released();
        await().until(() -> reached.contains("release:after-flash-back"));
        assertThat(house.lab.power.get(A)).isEqualTo(Power.ON);
        house.stopped();
        house.started();
        awaitState(BoardState.FREE);
        assertThat(house.lab.power.get(A)).isEqualTo(Power.OFF);
        assertThat(deeds(ASSIGN)).as("nobody knows what became of the first").isEqualTo(2);
    }
}
