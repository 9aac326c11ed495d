package dev.muster.lab.command;

import static dev.muster.lab.command.LabHouse.user;
import static dev.muster.lab.command.LabHouse.wanted;
import static dev.muster.lab.command.Samples.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Await;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.ReserveBoard;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.Selector;
import dev.muster.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReservationExpiryTest {

    private static final BoardName A = new BoardName("a64-1");

    private final HandClock clock = HandClock.running();
    private final java.time.Clock before = GenericEventMessage.clock;
    private LabHouse house;

    @BeforeEach
    void aHouse() {
        GenericEventMessage.clock = clock;
        house = new LabHouse(clock, LabHouse.QUICK).with(definition("a64-1")).started();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        GenericEventMessage.clock = before;
    }

    private Board reserved() {
        return Await.done(house.office.reserve(wanted(Selector.of(A), null), user("ann")));
    }

    @Test
    void aBoardIsTakenBackWhenItsTimeIsOverAndNeverBefore() {
        Instant end = reserved().reservation().expiresAt();
        clock.advance(Duration.ofMinutes(59));
        assertThat(house.board("a64-1").state()).isEqualTo(BoardState.RESERVED);
        clock.advance(Duration.between(clock.instant(), end).plusMillis(1));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
        assertThat(house.log())
                .filteredOn(it -> it.event() instanceof ReleaseStarted e && e.reason() == ReleaseReason.EXPIRED)
                .singleElement()
                .satisfies(it -> assertThat(it.at()).isAfterOrEqualTo(end));
    }

    @Test
    void anExtensionMovesTheEnd() throws Exception {
        reserved();
        Await.done(house.office.extend(A, Duration.ofHours(3), user("ann")));
        clock.advance(Duration.ofHours(3).plusMinutes(50));
        Thread.sleep(200);
        assertThat(house.board("a64-1").state()).isEqualTo(BoardState.RESERVED);
        clock.advance(Duration.ofMinutes(11));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
    }

    @Test
    void aClockThatJumpsBackDelaysTheEndByAsMuch() throws Exception {
        reserved();
        clock.advance(Duration.ofHours(-24));
        Thread.sleep(200);
        assertThat(house.board("a64-1").state()).isEqualTo(BoardState.RESERVED);
        clock.advance(Duration.ofHours(25).plusMinutes(1));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
    }

    @Test
    void whatEndedWhileTheServerStoodIsTakenBackAtTheStart() throws Exception {
        Board board = reserved();
        house.stopped();
        clock.advance(Duration.ofHours(2));
        house.started();
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
        Reservation next = new Reservation(
                Samples.id(77),
                "user:bob",
                null,
                java.util.Map.of(),
                java.util.List.of(),
                board.reservation().power(),
                clock.instant().plusSeconds(60),
                null);
        assertThat(house.<Boolean>order(new ReserveBoard(A, next, clock.instant())))
                .isTrue();
    }
}
