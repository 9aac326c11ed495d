package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static dev.muster.lab.command.LabHouse.admin;
import static dev.muster.lab.command.LabHouse.user;
import static dev.muster.lab.command.LabHouse.wanted;
import static dev.muster.lab.command.Samples.ANN;
import static dev.muster.lab.command.Samples.definition;
import static dev.muster.lab.command.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Await;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.ReserveBoard;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequest.State;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.Power;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueueDispatcherTest {

    private static final BoardName A = new BoardName("a64-1");

    private final LabHouse house = new LabHouse().with(definition("a64-1"));

    @AfterEach
    void close() throws Exception {
        house.close();
        assertThat(house.lab.faults).isEmpty();
    }

    private static Wish wish(int priority, Instant earliest, Instant until) {
        return new Wish(
                "",
                Selector.ofClass("pine"),
                priority,
                3600L,
                earliest,
                until,
                null,
                Map.of(),
                List.of(),
                PowerWish.KEEP,
                null);
    }

    private LabRequest queued(long number, String who, Wish wish) {
        return Await.done(house.office.queue(wish, id(number), user(who)));
    }

    private void awaitState(long number, State state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(house.requests.find(id(number)).state()).isEqualTo(state));
    }

    @Test
    void theQueueIsServedByPriorityThenAge() {
        queued(1, "ann", wish(0, null, null));
        queued(2, "bob", wish(0, null, null));
        queued(3, "cid", wish(5, null, null));
        house.started();
        List<Long> served = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            await().until(() -> house.board("a64-1").state() == BoardState.RESERVED);
            Board board = house.board("a64-1");
            long number = board.reservation().id().value().getLeastSignificantBits();
            served.add(number);
            awaitState(number, State.FULFILLED);
            Await.done(house.office.release(A, admin()));
        }
        assertThat(served).containsExactly(3L, 1L, 2L);
    }

    @Test
    void nobodyIsServedTooEarlyOrAfterTheirWaitIsOver() {
        Instant now = house.clock.instant();
        house.started();
        queued(1, "ann", wish(0, now.plusMillis(400), null));
        queued(2, "bob", wish(0, now.plusSeconds(3600), now.plusMillis(200)));
        assertThat(house.board("a64-1").state()).isEqualTo(BoardState.FREE);
        awaitState(2, State.EXPIRED);
        awaitState(1, State.FULFILLED);
        assertThat(house.board("a64-1").since()).isAfterOrEqualTo(now.plusMillis(400));
    }

    @Test
    void aRequestFailsAfterThreeBoards() {
        house.lab.fail("script reserve", 3);
        house.started();
        queued(1, "ann", wish(0, null, null));
        awaitState(1, State.FAILED);
        assertThat(house.requests.find(id(1)).code()).isEqualTo(LabRefusal.SETUP_FAILED.code());
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
        queued(2, "ann", wish(0, null, null));
        awaitState(2, State.FULFILLED);
    }

    @Test
    void aBoardThatIsPreparedForACancelledRequestIsTakenBack() {
        house.lab.takes = Duration.ofMillis(150);
        house.started();
        queued(1, "ann", wish(0, null, null));
        awaitState(1, State.GRANTED);
        assertRefused(LabRefusal.NOT_HOLDER, () -> Await.done(house.office.cancel(id(1), user("bob"))));
        Await.done(house.office.cancel(id(1), user("ann")));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
        assertThat(house.requests.find(id(1)).state()).isEqualTo(State.CANCELLED);
        assertThat(house.lab.environments).isEmpty();
    }

    @Test
    void oneThatIsKickedWhileItIsPreparedIsNotServedAgain() {
        house.lab.takes = Duration.ofMillis(150);
        house.started();
        queued(1, "ann", wish(0, null, null));
        awaitState(1, State.GRANTED);
        Await.done(house.office.kick(A, admin()));
        awaitState(1, State.CANCELLED);
    }

    @Test
    void aStopBetweenReservingAndGrantingLosesNothing() {
        queued(1, "ann", wish(0, null, null));
        Instant now = house.clock.instant();
        house.started();
        awaitState(1, State.FULFILLED);
        Await.done(house.office.release(A, admin()));
        queued(2, "ann", wish(0, now.plusSeconds(3600), null));
        house.order(new ReserveBoard(
                A,
                new dev.muster.lab.Reservation(
                        id(2), ANN, null, Map.of(), List.of(), PowerWish.KEEP, now.plusSeconds(3600), null),
                now));
        awaitState(2, State.FULFILLED);
        assertThat(house.board("a64-1").reservation().id()).isEqualTo(id(2));
    }

    @Test
    void whoComesDirectlyDoesNotPassTheQueue() {
        Await.done(house.office.queue(wish(0, null, null), id(1), user("ann")));
        assertRefused(
                LabRefusal.NONE_FREE,
                () -> Await.done(house.office.reserve(wanted(Selector.ofClass("pine"), null), user("bob"))));
    }

    @Test
    void nobodyWaitsForMoreThanTheirShare() {
        for (int i = 1; i <= 100; i++) {
            queued(i, "ann", wish(0, house.clock.instant().plusSeconds(3600), null));
        }
        assertRefused(LabRefusal.TOO_MANY, () -> queued(101, "ann", wish(0, null, null)));
        queued(102, "bob", wish(0, null, null));
    }

    @Test
    void aHundredUsersRaceForFiveBoardsInTenRounds() throws Exception {
        house.close();
        try (LabHouse race = new LabHouse()) {
            race.with(
                    definition("p1", "pine", Map.of()),
                    definition("p2", "pine", Map.of()),
                    definition("p3", "pine", Map.of()),
                    definition("p4", "pine", Map.of()),
                    definition("p5", "pine", Map.of()));
            race.started();
            for (int round = 0; round < 10; round++) {
                List<CompletableFuture<Board>> all = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    String name = "u" + i;
                    Duration patience = Duration.ofSeconds(60);
                    all.add(race.office
                            .reserve(wanted(Selector.ofClass("pine"), patience), user(name))
                            .flatMap(board -> board.isHeldBy("user:" + name)
                                    ? race.office.release(board.name(), user(name))
                                    : reactor.core.publisher.Mono.error(
                                            new AssertionError(name + " was given another's board")))
                            .toFuture());
                }
                for (CompletableFuture<Board> each : all) {
                    assertThat(Await.done(each, Duration.ofSeconds(60))).isNotNull();
                }
            }
            // A served request's own last note may come after its board is back.
            await().untilAsserted(() ->
                    assertThat(race.requests.all()).allMatch(it -> it.state().isOver()));
            assertThat(race.lab.faults).isEmpty();
            assertThat(race.lab.environments).isEmpty();
            assertThat(race.lab.power.values()).containsOnly(Power.OFF);
            assertThat(race.boards.all()).allMatch(it -> it.state() == BoardState.FREE);
            assertOneHolderAtATime(race.events());
            assertThat(race.events().stream().filter(BoardHandedOver.class::isInstance))
                    .hasSize(1000);
            assertThat(race.requests.all()).allMatch(it -> it.state() == State.FULFILLED);
            assertThat(race.events().stream().filter(RequestFulfilled.class::isInstance))
                    .hasSize(race.requests.all().size());
        }
    }

    /** Told from the log alone. */
    private static void assertOneHolderAtATime(List<Object> events) {
        Map<BoardName, ReservationId> holders = new HashMap<>();
        for (Object event : events) {
            switch (event) {
                case BoardReserved e ->
                    assertThat(holders.put(e.board(), e.reservation().id())).isNull();
                case BoardHandedOver e -> assertThat(holders.get(e.board())).isEqualTo(e.reservation());
                case BoardFreed e -> assertThat(holders.remove(e.board())).isEqualTo(e.reservation());
                default -> {}
            }
        }
        assertThat(holders).isEmpty();
    }
}
