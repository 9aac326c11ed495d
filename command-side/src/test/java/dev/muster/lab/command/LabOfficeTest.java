package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static dev.muster.lab.command.LabHouse.admin;
import static dev.muster.lab.command.LabHouse.user;
import static dev.muster.lab.command.LabHouse.wanted;
import static dev.muster.lab.command.Samples.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.kernel.Await;
import dev.muster.kernel.Provenance;
import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.BoardRetired;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabOrders.ReserveOrder;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.PowerAction;
import dev.muster.lab.Selector;
import dev.muster.lab.ShareMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LabOfficeTest {

    private static final BoardName A = new BoardName("a64-1");
    private static final Selector PINE = Selector.ofClass("pine");

    private final LabHouse house =
            new LabHouse().with(definition("a64-1"), definition("a64-2")).started();

    @AfterEach
    void close() throws Exception {
        house.close();
        assertThat(house.lab.faults).isEmpty();
    }

    private Board reserved(Selector selector, String who) {
        return Await.done(house.office.reserve(wanted(selector, null), user(who)));
    }

    @Test
    void aBoardOfTheClassIsLentAndWearSpreads() {
        String first = reserved(PINE, "ann").name().value();
        Await.done(house.office.release(new BoardName(first), user("ann")));
        assertThat(reserved(PINE, "ann").name().value()).isNotEqualTo(first);
    }

    @Test
    void eventsSayWhoOrdered() {
        reserved(PINE, "ann");
        assertThat(house.log())
                .filteredOn(it -> it.event() instanceof BoardReserved)
                .allSatisfy(it -> assertThat(it.metadata()).containsEntry(Provenance.ACTOR, "user:ann"));
    }

    @Test
    void whatCannotBeHadIsSaid() {
        reserved(Selector.of(A), "ann");
        assertRefused(LabRefusal.RESERVED, () -> reserved(Selector.of(A), "bob"));
        assertThat(assertRefused(LabRefusal.RESERVED, () -> reserved(Selector.of(A), "ann"))
                        .message())
                .contains("You hold");
        reserved(PINE, "bob");
        assertRefused(LabRefusal.NONE_FREE, () -> reserved(PINE, "cid"));
        assertThat(assertRefused(LabRefusal.UNSATISFIABLE, () -> reserved(Selector.of(new BoardName("nix")), "ann"))
                        .details())
                .containsOnly(Map.entry("nix", "there is no board of this name"));
        assertThat(assertRefused(LabRefusal.UNSATISFIABLE, () -> reserved(Selector.ofClass("oak"), "ann"))
                        .details())
                .containsOnly(Map.entry("a64-1", "its class is pine"), Map.entry("a64-2", "its class is pine"));
        assertThat(assertRefused(
                                LabRefusal.UNSATISFIABLE,
                                () -> reserved(new Selector(null, "pine", Map.of("sdwire", "yes")), "ann"))
                        .details())
                .containsEntry("a64-1", "it has no tag sdwire");
        ReserveOrder order = wanted(PINE, null);
        ReserveOrder tooLong = new ReserveOrder(
                order.id(), PINE, 0, Duration.ofDays(2), null, null, Map.of(), List.of(), order.power(), false);
        assertRefused(LabRefusal.OVER_LIMIT, () -> Await.done(house.office.reserve(tooLong, user("ann"))));
    }

    @Test
    void aRetryMeetsTheFirstAttempt() {
        ReserveOrder order = wanted(PINE, null);
        Board first = Await.done(house.office.reserve(order, user("ann")));
        Board again = Await.done(house.office.reserve(order, user("ann")));
        assertThat(again.name()).isEqualTo(first.name());
        assertThat(house.events().stream().filter(BoardReserved.class::isInstance))
                .hasSize(1);
    }

    @Test
    void anotherBoardOfTheClassIsTriedWhenOneCannotBeMadeReady() {
        house.lab.fail("a64-1: script reserve", 5);
        house.lab.fail("a64-2: script reserve", 0);
        assertThat(reserved(PINE, "ann").name().value()).isEqualTo("a64-2");
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
        assertRefused(LabRefusal.SETUP_FAILED, () -> reserved(Selector.of(A), "bob"));
    }

    @Test
    void whatTheScriptCannotAcceptIsNotTriedOnAnotherBoard() {
        house.lab.refusal = LabRefusal.UNACCEPTABLE;
        house.lab.fail("script reserve", 1);
        assertRefused(LabRefusal.UNACCEPTABLE, () -> reserved(PINE, "ann"));
        assertThat(house.events().stream().filter(BoardReserved.class::isInstance))
                .hasSize(1);
    }

    @Test
    void onlyTheHolderAndAnAdministratorMay() {
        reserved(Selector.of(A), "ann");
        assertRefused(LabRefusal.NOT_HOLDER, () -> Await.done(house.office.release(A, user("bob"))));
        assertRefused(LabRefusal.NOT_HOLDER, () -> Await.done(house.office.power(A, PowerAction.OFF, user("bob"))));
        assertRefused(
                LabRefusal.NOT_HOLDER, () -> Await.done(house.office.extend(A, Duration.ofMinutes(5), user("bob"))));
        assertRefused(IdentityRefusal.NOT_ALLOWED, () -> Await.done(house.office.kick(A, user("ann"))));
        assertRefused(
                IdentityRefusal.NOT_ALLOWED, () -> Await.done(house.office.maintain(A, "fan", true, user("ann"))));
        Caller reader = new Caller(Caller.Kind.USER, "eve", null, Set.of(), Map.of());
        assertRefused(IdentityRefusal.NOT_ALLOWED, () -> Await.done(house.office.reserve(wanted(PINE, null), reader)));
        Await.done(house.office.share(A, "user:bob", ShareMode.RW, user("ann")));
        Await.done(house.office.power(A, PowerAction.OFF, user("bob")));
        assertRefused(LabRefusal.NOT_HOLDER, () -> Await.done(house.office.release(A, user("bob"))));
        assertThat(Await.done(house.office.extend(A, Duration.ofMinutes(5), admin()))
                        .reservation()
                        .holder())
                .isEqualTo("user:ann");
        assertThat(Await.done(house.office.release(A, admin())).state()).isEqualTo(BoardState.FREE);
        assertRefused(LabRefusal.NOT_RESERVED, () -> Await.done(house.office.release(A, user("ann"))));
        assertRefused(LabRefusal.NOT_RESERVED, () -> Await.done(house.office.kick(A, admin())));
    }

    @Test
    void whatIsRefusedBeforeItIsSentIsOnRecord() {
        reserved(Selector.of(A), "ann");
        assertRefused(LabRefusal.RESERVED, () -> reserved(Selector.of(A), "bob"));
        reserved(PINE, "bob");
        assertRefused(LabRefusal.NONE_FREE, () -> reserved(PINE, "cid"));
        assertRefused(IdentityRefusal.NOT_ALLOWED, () -> Await.done(house.office.kick(A, user("bob"))));
        Await.done(house.office.release(A, user("ann")));
        assertRefused(
                LabRefusal.NOT_RESERVED, () -> Await.done(house.office.extend(A, Duration.ofHours(1), user("ann"))));
        assertRefused(
                LabRefusal.UNSATISFIABLE, () -> reserved(new Selector(null, null, Map.of("sdwire", "yes")), "ann"));
        assertThat(house.refusedOrders)
                .containsExactly(
                        "ReserveBoard board/a64-1 lab.reserved user:bob",
                        "ReserveBoard board-class/pine lab.none-free user:cid",
                        "KickBoard board/a64-1 identity.not-allowed user:bob",
                        "ExtendReservation board/a64-1 lab.not-reserved user:ann",
                        "ReserveBoard boards lab.unsatisfiable user:ann");
    }

    /** The bus has these on record, effects are facts of the board, and the last two are attempts at nothing. */
    @Test
    void whatWasSentOrIsAboutNothingIsNotOnRecordTwice() {
        reserved(Selector.of(A), "ann");
        assertRefused(LabRefusal.NOT_HOLDER, () -> Await.done(house.office.release(A, user("bob"))));
        assertRefused(LabRefusal.NOT_HOLDER, () -> Await.done(house.office.power(A, PowerAction.OFF, user("bob"))));
        house.lab.refusal = LabRefusal.POWER_TIMEOUT;
        house.lab.fail("off", 1);
        assertRefused(LabRefusal.POWER_TIMEOUT, () -> Await.done(house.office.power(A, PowerAction.OFF, user("ann"))));
        assertRefused(
                LabRefusal.NO_SUCH_BOARD, () -> Await.done(house.office.release(new BoardName("nix"), user("ann"))));
        assertRefused(
                LabRefusal.BAD_VALUE, () -> Await.done(house.office.extend(A, Duration.ofHours(-1), user("ann"))));
        assertThat(house.refusedOrders).isEmpty();
    }

    @Test
    void aTokenActsForThePersonBehindIt() {
        Caller token = new Caller(
                Caller.Kind.TOKEN, "t1", "ann", "ci", user("ann").permissions(), Map.of(Provenance.ACTOR, "token:t1"));
        Board board = Await.done(house.office.reserve(wanted(PINE, null), token));
        assertThat(board.reservation().holder()).isEqualTo("user:ann");
        assertThat(Await.done(house.office.release(board.name(), user("ann"))).state())
                .isEqualTo(BoardState.FREE);
    }

    @Test
    void anExtensionIsAddedToTheEnd() {
        Board before = reserved(Selector.of(A), "ann");
        Board after = Await.done(house.office.extend(A, Duration.ofHours(2), user("ann")));
        assertThat(after.reservation().expiresAt())
                .isEqualTo(before.reservation().expiresAt().plusSeconds(7200));
        assertRefused(
                LabRefusal.OVER_LIMIT, () -> Await.done(house.office.extend(A, Duration.ofHours(6), user("ann"))));
    }

    @Test
    void maintenanceWaitsForTheReservationOrEndsIt() {
        reserved(Selector.of(A), "ann");
        Board waits = Await.done(house.office.maintain(A, "fan", false, admin()));
        assertThat(waits.state()).isEqualTo(BoardState.RESERVED);
        assertThat(waits.note()).isEqualTo("fan");
        Await.done(house.office.release(A, user("ann")));
        await().until(() -> house.board("a64-1").state() == BoardState.MAINTENANCE);
        assertRefused(LabRefusal.OUT_OF_SERVICE, () -> reserved(Selector.of(A), "bob"));
        assertThat(Await.done(house.office.giveBack(A, admin())).state()).isEqualTo(BoardState.FREE);
        reserved(Selector.of(A), "ann");
        assertThat(Await.done(house.office.maintain(A, "fan", true, admin())).state())
                .isIn(BoardState.MAINTENANCE, BoardState.FREE);
        await().until(() -> house.board("a64-1").state() == BoardState.MAINTENANCE);
    }

    @Test
    void whoHasPatienceGetsTheBoardWhenItIsFree() {
        reserved(Selector.of(A), "ann");
        var waiting = house.office
                .reserve(wanted(Selector.of(A), Duration.ofSeconds(20)), user("bob"))
                .toFuture();
        await().until(() -> house.requests.waiting().size() == 1);
        Await.done(house.office.release(A, user("ann")));
        assertThat(Await.done(waiting).isHeldBy("user:bob")).isTrue();
    }

    @Test
    void whenPatienceEndsTheRequestStaysInTheQueue() {
        reserved(Selector.of(A), "ann");
        ReserveOrder order = wanted(Selector.of(A), Duration.ofMillis(50));
        assertThat(house.office.reserve(order, user("bob")).blockOptional(Duration.ofSeconds(10)))
                .isEmpty();
        assertThat(house.requests.placeOf(order.id())).isEqualTo(1);
        assertThat(Await.done(house.office.cancel(order.id(), user("bob"))).state())
                .isEqualTo(LabRequest.State.CANCELLED);
    }

    @Test
    void aConfigurationIsPutInForceAllOrNothing() {
        house.configurations.file = "a64-1 pine\nx1 oak";
        Await.done(house.office.configure("a64-1 pine\na64-3 pine", admin()));
        assertThat(house.boards.all()).extracting(each -> each.name().value()).containsExactly("a64-1", "a64-3");
        assertRefused(
                LabRefusal.CONFIGURATION_INVALID,
                () -> Await.done(house.office.configure("a64-9 pine\nrubbish", admin())));
        assertThat(house.configurations.text()).isEqualTo("a64-1 pine\na64-3 pine");
        assertThat(house.boards.find(new BoardName("a64-9"))).isNull();
        Await.done(house.office.reload(admin()));
        assertThat(house.boards.all()).extracting(each -> each.name().value()).containsExactly("a64-1", "x1");
        assertRefused(IdentityRefusal.NOT_ALLOWED, () -> Await.done(house.office.configure("", user("ann"))));
    }

    @Test
    void aBoardThatGoesWhileSomebodyHasItStaysUntilThen() {
        reserved(Selector.of(A), "ann");
        Await.done(house.office.configure("a64-2 pine", admin()));
        assertThat(house.board("a64-1").retiring()).isTrue();
        assertThat(Await.done(house.office.release(A, user("ann"))).state()).isEqualTo(BoardState.FREE);
        await().until(() -> house.boards.find(A) == null);
    }

    @Test
    void whatAStopLeftUndoneOfAConfigurationIsCarriedOutAtTheStart() {
        house.configurations.keep("a64-1 pine\na64-4 pine");
        ConfiguredBoards configured =
                new ConfiguredBoards(house.commands, house.boards, house.configurations, house.positions);
        configured.reconcile();
        assertThat(house.boards.all()).extracting(each -> each.name().value()).containsExactly("a64-1", "a64-4");
        long told = house.events().stream()
                .filter(e -> e instanceof BoardDefined || e instanceof BoardRetired)
                .count();
        configured.reconcile();
        assertThat(house.events().stream().filter(e -> e instanceof BoardDefined || e instanceof BoardRetired))
                .hasSize((int) told);
    }
}
