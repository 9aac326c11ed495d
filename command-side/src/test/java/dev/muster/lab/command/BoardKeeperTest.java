package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static dev.muster.lab.command.LabHouse.admin;
import static dev.muster.lab.command.LabHouse.user;
import static dev.muster.lab.command.LabHouse.wanted;
import static dev.muster.lab.command.Samples.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Await;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.OrderPower;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoardKeeperTest {

    private static final BoardName A = new BoardName("a64-1");

    private final LabHouse house = new LabHouse().with(definition("a64-1"));

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

    private Board reserved() {
        return Await.done(house.office.reserve(wanted(Selector.of(A), null), user("ann")));
    }

    private void awaitState(BoardState state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> house.board("a64-1").state() == state);
    }

    @Test
    void aBoardIsMadeReadyAndCleanedUpInTheOrderOfTheContract() {
        house.started();
        await().until(() -> house.board("a64-1").power() == Power.OFF);
        Board board = reserved();
        assertThat(board.state()).isEqualTo(BoardState.RESERVED);
        assertThat(board.power()).isEqualTo(Power.ON);
        assertThat(board.environment().attrs()).containsEntry("ip", "192.0.2.7");
        Board free = Await.done(house.office.release(A, user("ann")));
        assertThat(free.state()).isEqualTo(BoardState.FREE);
        assertThat(free.power()).isEqualTo(Power.OFF);
        assertThat(house.lab.deedsOf("a64-1"))
                .containsExactly("read", "script reserve", "on", "open", "close", "off", "script release");
    }

    @Test
    void whatFailsOnTheWayIsCleanedUpAndSaysWhy() {
        house.started();
        house.lab.refusal = LabRefusal.POWER_AUTH;
        house.lab.fail("on", 1);
        assertRefused(LabRefusal.POWER_AUTH, this::reserved);
        awaitState(BoardState.FREE);
        assertThat(house.lab.environments).isEmpty();
        assertThat(reserved().state()).isEqualTo(BoardState.RESERVED);
    }

    @Test
    void aLineThatIsBusyFailsThePreparation() {
        house.started();
        house.lab.refusal = LabRefusal.CONSOLE_BUSY;
        house.lab.fail("open", 1);
        assertRefused(LabRefusal.CONSOLE_BUSY, this::reserved);
        awaitState(BoardState.FREE);
    }

    @Test
    void aLineThatIsLostIsSaidUntilItIsBackAndTheBoardStaysLent() {
        house.started();
        reserved();
        house.lab.loseLine(A, true);
        await().until(() ->
                "console: The line is lost.".equals(house.board("a64-1").degraded()));
        assertThat(house.board("a64-1").state()).isEqualTo(BoardState.RESERVED);
        house.lab.loseLine(A, false);
        await().until(() -> house.board("a64-1").degraded() == null);
    }

    @Test
    void aCleanUpThatFailsIsTriedAgainAndWorksInTheEnd() {
        house.started();
        reserved();
        house.lab.fail("script release", 2);
        assertRefused(LabRefusal.RELEASE_FAILED, () -> Await.done(house.office.release(A, user("ann"))));
        awaitState(BoardState.FREE);
        assertThat(house.lab.deedsOf("a64-1").stream().filter("script release"::equals))
                .hasSize(3);
    }

    @Test
    void afterThreeMoreTriesAnAdministratorHasToCome() throws Exception {
        house.started();
        reserved();
        house.lab.fail("off", 4);
        assertRefused(LabRefusal.RELEASE_FAILED, () -> Await.done(house.office.release(A, user("ann"))));
        await().until(() ->
                house.board("a64-1").attempt() == 4 && house.board("a64-1").state() == BoardState.FAULTY);
        Thread.sleep(400);
        assertThat(house.board("a64-1").state()).isEqualTo(BoardState.FAULTY);
        // The way in is closed all the same.
        assertThat(house.lab.environments).isEmpty();
        assertRefused(LabRefusal.OUT_OF_SERVICE, this::reserved);
        assertThat(Await.done(house.office.giveBack(A, admin())).state()).isEqualTo(BoardState.FREE);
    }

    @Test
    void powerIsSwitchedAndReadBack() {
        house.started();
        reserved();
        Board off = Await.done(house.office.power(A, PowerAction.OFF, user("ann")));
        assertThat(off.power()).isEqualTo(Power.OFF);
        assertThat(off.operation()).isNull();
        assertThat(Await.done(house.office.power(A, PowerAction.CYCLE, user("ann")))
                        .power())
                .isEqualTo(Power.ON);
        house.lab.refusal = LabRefusal.POWER_TIMEOUT;
        house.lab.fail("off", 1);
        assertRefused(LabRefusal.POWER_TIMEOUT, () -> Await.done(house.office.power(A, PowerAction.OFF, user("ann"))));
        await().until(() -> house.board("a64-1").power() == Power.ON);
    }

    @Test
    void aSwitchThatDoesNotAnswerDegradesTheBoardUntilItDoes() {
        house.lab.fail("read", 3);
        house.started();
        await().until(() -> house.board("a64-1").degraded() != null);
        assertThat(house.board("a64-1").power()).isEqualTo(Power.UNKNOWN);
        await().until(() ->
                house.board("a64-1").degraded() == null && house.board("a64-1").power() == Power.OFF);
    }

    @Test
    void aBoardThatIsTakenBackWhileItIsPreparedIsCleanedUp() {
        house.lab.takes = Duration.ofMillis(100);
        house.started();
        var waiting =
                house.office.reserve(wanted(Selector.of(A), null), user("ann")).toFuture();
        awaitState(BoardState.PREPARING);
        assertThat(Await.done(house.office.kick(A, admin())).state()).isEqualTo(BoardState.FREE);
        assertRefused(LabRefusal.NOT_RESERVED, () -> Await.done(waiting));
        assertThat(house.lab.environments).isEmpty();
        assertThat(house.lab.lines).isEmpty();
    }

    /** The server is gone at that point; everything else that it would still have done is not done. */
    private static final class Gone extends Error {
        private static final long serialVersionUID = 1;
    }

    private CrashPoints dyingAt(String where, Set<String> reached) {
        return point -> {
            if (point.equals(where) && reached.add(point)) {
                throw new Gone();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reserve:before-script",
                "reserve:after-script",
                "reserve:after-power",
                "reserve:after-console",
                "reserve:before-hand-over"
            })
    void aStopInTheMiddleOfPreparingIsReleasedAtTheNextStart(String point) throws Exception {
        Set<String> reached = ConcurrentHashMap.newKeySet();
        house.started(dyingAt(point, reached));
        var waiting =
                house.office.reserve(wanted(Selector.of(A), null), user("ann")).toFuture();
        await().until(() -> reached.contains(point));
        house.stopped();
        house.started();
        assertRefused(LabRefusal.SETUP_FAILED, () -> Await.done(waiting));
        awaitState(BoardState.FREE);
        assertThat(house.lab.environments).isEmpty();
        assertThat(house.lab.lines).isEmpty();
        assertThat(house.lab.power).doesNotContainValue(Power.ON);
        assertThat(house.lab.deedsOf("a64-1").stream().filter("script reserve"::equals))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(reserved().state()).isEqualTo(BoardState.RESERVED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"release:before-console", "release:after-console", "release:after-power", "release:after-script"
            })
    void aStopInTheMiddleOfReleasingIsReleasedAgainAtTheNextStart(String point) throws Exception {
        Set<String> reached = ConcurrentHashMap.newKeySet();
        house.started(dyingAt(point, reached));
        reserved();
        house.order(new ReleaseBoard(A, "user:ann", null, ReleaseReason.RELEASED));
        await().until(() -> reached.contains(point));
        house.stopped();
        house.started();
        awaitState(BoardState.FREE);
        assertThat(house.lab.environments).isEmpty();
        assertThat(house.lab.lines).isEmpty();
        assertThat(house.lab.power).doesNotContainValue(Power.ON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"power:before-switch", "power:after-switch"})
    void aCycleIsNeverDoneTwiceForOneOrder(String point) throws Exception {
        Set<String> reached = ConcurrentHashMap.newKeySet();
        house.started(dyingAt(point, reached));
        reserved();
        UUID operation = UUID.randomUUID();
        house.order(new OrderPower(A, "user:ann", operation, PowerAction.CYCLE));
        await().until(() -> reached.contains(point));
        house.stopped();
        house.started();
        await().until(() ->
                house.board("a64-1").operation() == null && house.board("a64-1").power() == Power.ON);
        assertThat(house.events())
                .anyMatch(
                        event -> event instanceof PowerFailed e && e.operation().equals(operation));
        assertThat(house.lab.cycles.get(A) == null ? 0 : house.lab.cycles.get(A).get())
                .isEqualTo(point.equals("power:after-switch") ? 1 : 0);
    }

    @Test
    void switchingOffIsRepeatedAfterAStop() throws Exception {
        Set<String> reached = ConcurrentHashMap.newKeySet();
        house.started(dyingAt("power:before-switch", reached));
        reserved();
        house.order(new OrderPower(A, "user:ann", UUID.randomUUID(), PowerAction.OFF));
        await().until(() -> reached.contains("power:before-switch"));
        house.stopped();
        house.started();
        await().until(() -> house.board("a64-1").operation() == null);
        assertThat(house.board("a64-1").power()).isEqualTo(Power.OFF);
    }

    @Test
    void whoHasABoardKeepsItOverAStop() throws Exception {
        house.started();
        Board before = reserved();
        house.stopped();
        house.lab.lines.clear();
        AtomicReference<List<String>> deeds = new AtomicReference<>(house.lab.deedsOf("a64-1"));
        house.started();
        await().until(() -> house.lab.lines.containsKey(A));
        await().until(() -> house.lab.deedsOf("a64-1").size() == deeds.get().size() + 2);
        assertThat(house.lab.deedsOf("a64-1")).endsWith("open", "read");
        assertThat(house.board("a64-1").reservation()).isEqualTo(before.reservation());
        assertThat(house.board("a64-1").state()).isEqualTo(BoardState.RESERVED);
    }
}
