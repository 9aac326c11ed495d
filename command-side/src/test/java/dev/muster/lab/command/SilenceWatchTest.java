package dev.muster.lab.command;

import static dev.muster.lab.command.LabHouse.user;
import static dev.muster.lab.command.Samples.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Await;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabOrders.ReserveOrder;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import dev.muster.testing.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilenceWatchTest {

    private static final BoardName A = new BoardName("a64-1");
    private static final Duration SILENCE_MAX = Duration.ofMinutes(5);

    private final HandClock clock = HandClock.running();
    private final java.time.Clock before = GenericEventMessage.clock;
    private LabHouse house;
    private SilenceWatch watch;

    @BeforeEach
    void aHouse() {
        GenericEventMessage.clock = clock;
        house = new LabHouse(clock, LabHouse.QUICK).with(definition("a64-1")).started();
        watch = aWatch();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        GenericEventMessage.clock = before;
    }

    /** It looks when the test says so. */
    private SilenceWatch aWatch() {
        return new SilenceWatch(house.commands, house.boards, clock, LabHouse.QUICK, SILENCE_MAX);
    }

    private void reserved(boolean keepAlive) {
        Await.done(house.office.reserve(
                new ReserveOrder(
                        new ReservationId(UUID.randomUUID()),
                        Selector.of(A),
                        0,
                        Duration.ofHours(1),
                        null,
                        null,
                        Map.of(),
                        List.of(),
                        PowerWish.KEEP,
                        keepAlive),
                user("ann")));
        watch.look();
    }

    /** It looks every minute, for who looks seldom hears nobody. */
    private BoardState after(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minusMinutes(1)) {
            clock.advance(Duration.ofMinutes(1));
            watch.look();
        }
        return house.board("a64-1").state();
    }

    @Test
    void whoFallsSilentLosesTheBoard() {
        reserved(true);
        assertThat(after(Duration.ofMinutes(4))).isEqualTo(BoardState.RESERVED);
        after(Duration.ofMinutes(1));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
        assertThat(house.events())
                .filteredOn(it -> it instanceof ReleaseStarted e && e.reason() == ReleaseReason.SILENT)
                .hasSize(1);
    }

    @Test
    void whoIsHeardOfKeepsItAndOthersDoNotKeepItForThem() {
        reserved(true);
        for (int i = 0; i < 4; i++) {
            assertThat(after(Duration.ofMinutes(4))).isEqualTo(BoardState.RESERVED);
            watch.heard(A, "user:ann");
        }
        assertThat(after(Duration.ofMinutes(4))).isEqualTo(BoardState.RESERVED);
        watch.heard(A, "user:bob");
        after(Duration.ofMinutes(1));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
    }

    @Test
    void aServerThatStartsAnewWaitsAnew() {
        reserved(true);
        clock.advance(Duration.ofMinutes(30));
        watch = aWatch();
        watch.look();
        assertThat(after(Duration.ofMinutes(4))).isEqualTo(BoardState.RESERVED);
        after(Duration.ofMinutes(1));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
    }

    @Test
    void whoAsksForTheReservationIsHeardOfToo() {
        reserved(true);
        ReservationId id = house.board("a64-1").reservation().id();
        after(Duration.ofMinutes(4));
        watch.heard(new ReservationId(UUID.randomUUID()), "user:ann");
        watch.heard(id, "user:ann");
        assertThat(after(Duration.ofMinutes(4))).isEqualTo(BoardState.RESERVED);
        watch.heard(id, "user:bob");
        after(Duration.ofMinutes(1));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
    }

    /** A machine that was suspended, or a clock that was set: nobody could be heard of meanwhile. */
    @Test
    void whileNobodyListensNobodyIsSilent() {
        reserved(true);
        clock.advance(Duration.ofMinutes(30));
        watch.look();
        assertThat(after(Duration.ofMinutes(4))).isEqualTo(BoardState.RESERVED);
        clock.advance(Duration.ofMinutes(-10));
        watch.look();
        assertThat(after(Duration.ofMinutes(4))).isEqualTo(BoardState.RESERVED);
        after(Duration.ofMinutes(1));
        await().until(() -> house.board("a64-1").state() == BoardState.FREE);
    }

    @Test
    void someTimeThereMustBe() {
        assertThatThrownBy(() -> new SilenceWatch(house.commands, house.boards, clock, LabHouse.QUICK, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoNeverSaidSoMayBeSilent() {
        reserved(false);
        assertThat(after(Duration.ofMinutes(50))).isEqualTo(BoardState.RESERVED);
    }
}
