package dev.muster.lab.command;

import static dev.muster.lab.command.Samples.START;
import static dev.muster.lab.command.Samples.bare;
import static dev.muster.lab.command.Samples.definition;
import static dev.muster.lab.command.Samples.id;
import static dev.muster.lab.command.Samples.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardCommand.CompleteRelease;
import dev.muster.lab.BoardCommand.DefineBoard;
import dev.muster.lab.BoardCommand.ExtendReservation;
import dev.muster.lab.BoardCommand.FailPower;
import dev.muster.lab.BoardCommand.FailPreparation;
import dev.muster.lab.BoardCommand.FailRelease;
import dev.muster.lab.BoardCommand.HandOverBoard;
import dev.muster.lab.BoardCommand.MaintainBoard;
import dev.muster.lab.BoardCommand.OrderPower;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardCommand.ReportPower;
import dev.muster.lab.BoardCommand.ReserveBoard;
import dev.muster.lab.BoardCommand.RetireBoard;
import dev.muster.lab.BoardCommand.RetryRelease;
import dev.muster.lab.BoardCommand.ReturnBoard;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Environment;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ReservationId;
import dev.muster.lab.command.LendingState.Known;
import dev.muster.lab.command.LendingState.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in whatever order: what must never be never is. A failure names its seed. */
class LendingWalkTest {

    private static final BoardName A = new BoardName("a64-1");
    private static final int STEPS = 20_000;

    private LendingState state = new Unknown();
    private final List<BoardEvent> history = new ArrayList<>();
    private Instant now = START;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theInvariantsHoldOnAnyWalk(long seed) {
        Random random = new Random(seed);
        List<Instant> times = new ArrayList<>();
        ReservationId holder = null;
        boolean handedOver = false;
        int granted = 0;
        UUID operation = null;
        Set<UUID> operations = new HashSet<>();
        for (int step = 0; step < STEPS; step++) {
            now = now.plusSeconds(random.nextInt(600));
            LendingState before = state;
            for (BoardEvent event : decided(random)) {
                String where = "seed " + seed + ", step " + step + ": " + event;
                BoardState was = state instanceof Known known ? known.state() : null;
                switch (event) {
                    case BoardReserved e -> {
                        assertThat(holder).as(where).isNull();
                        assertThat(was).as(where).isEqualTo(BoardState.FREE);
                        assertThat(e.reservation().expiresAt())
                                .as(where)
                                .isBeforeOrEqualTo(now.plusSeconds(Samples.MAX_SECONDS));
                        holder = e.reservation().id();
                        handedOver = false;
                        granted++;
                    }
                    case BoardHandedOver e -> {
                        assertThat(e.reservation()).as(where).isEqualTo(holder);
                        assertThat(was).as(where).isEqualTo(BoardState.PREPARING);
                        assertThat(handedOver).as(where).isFalse();
                        handedOver = true;
                    }
                    case ReleaseStarted e ->
                        assertThat(e.reservation()).as(where).isEqualTo(holder);
                    case BoardFreed e -> {
                        assertThat(was).as(where).isEqualTo(BoardState.RELEASING);
                        assertThat(e.reservation()).as(where).isEqualTo(holder);
                        holder = null;
                    }
                    case PowerOrdered e -> {
                        assertThat(operation).as(where).isNull();
                        assertThat(operations.add(e.operation())).as(where).isTrue();
                        operation = e.operation();
                    }
                    case PowerObserved e when e.operation() != null -> operation = null;
                    case BoardEvent.PowerFailed ignored -> operation = null;
                    case BoardEvent.BoardRetired ignored -> operation = null;
                    default -> {}
                }
                state = state.after(event, now);
                history.add(event);
                times.add(now);
                if (state instanceof Unknown) {
                    // A maintained or faulty one that is configured no longer leaves with its traces.
                    holder = null;
                    operation = null;
                }
                if (state instanceof Known known) {
                    assertThat(known.claim() != null).as(where).isEqualTo(holder != null);
                }
            }
            if (before instanceof Known one && state instanceof Known other && one.state() == BoardState.FAULTY) {
                assertThat(other.state()).isNotIn(BoardState.PREPARING, BoardState.RESERVED, BoardState.FREE);
            }
        }
        assertThat(granted).as("the walk goes somewhere").isGreaterThan(100);
        LendingState again = new Unknown();
        for (int i = 0; i < history.size(); i++) {
            again = again.after(history.get(i), times.get(i));
        }
        assertThat(again).isEqualTo(state);
    }

    private List<BoardEvent> decided(Random random) {
        try {
            Known known = state instanceof Known it ? it : null;
            if (known == null || random.nextInt(60) == 0) {
                return LendingDecision.define(
                        new DefineBoard(A, random.nextInt(4) == 0 ? bare("a64-1") : definition("a64-1")), state);
            }
            return decided(random, known);
        } catch (Refused refused) {
            return List.of();
        }
    }

    private List<BoardEvent> decided(Random random, Known known) {
        ReservationId some = known.claim() != null && random.nextBoolean()
                ? known.claim().reservation().id()
                : id(random.nextInt(5));
        UUID release = known.cleaning().release() != null && random.nextBoolean()
                ? known.cleaning().release()
                : new UUID(7, random.nextInt(5));
        UUID operation = known.power().operation() != null && random.nextBoolean()
                ? known.power().operation()
                : new UUID(random.nextLong(), random.nextLong());
        String who = random.nextInt(3) == 0 ? null : "user:" + random.nextInt(3);
        String someone = "user:" + random.nextInt(3);
        return switch (random.nextInt(16)) {
            case 0, 1 ->
                LendingDecision.reserve(
                        new ReserveBoard(
                                A,
                                reservation(random.nextInt(5), someone, now.plusSeconds(random.nextInt(40_000))),
                                now),
                        known);
            case 2, 3 -> LendingDecision.handOver(new HandOverBoard(A, some, Environment.NONE), known);
            case 4 -> LendingDecision.failPreparation(new FailPreparation(A, some, "c", "m"), known);
            case 5 ->
                LendingDecision.extend(
                        new ExtendReservation(A, someone, now.plusSeconds(random.nextInt(40_000))), known);
            case 6 ->
                ReleaseDecision.release(
                        new ReleaseBoard(
                                A,
                                who,
                                random.nextBoolean() ? some : null,
                                ReleaseReason.values()[random.nextInt(ReleaseReason.values().length)]),
                        known,
                        now);
            case 7, 8 -> ReleaseDecision.complete(new CompleteRelease(A, release), known);
            case 9 -> ReleaseDecision.fail(new FailRelease(A, release, "c", "m"), known);
            case 10 ->
                ReleaseDecision.retry(
                        new RetryRelease(A, random.nextBoolean() ? ReleaseReason.INTERRUPTED : ReleaseReason.RETURNED),
                        known);
            case 11 ->
                ReleaseDecision.maintain(new MaintainBoard(A, "n" + random.nextInt(2), random.nextBoolean()), known);
            case 12 -> ReleaseDecision.giveBack(new ReturnBoard(A), known);
            case 13 -> PowerDecision.order(new OrderPower(A, who, operation, PowerAction.CYCLE), known);
            case 14 ->
                random.nextBoolean()
                        ? PowerDecision.report(
                                new ReportPower(A, random.nextBoolean() ? operation : null, Power.ON), known)
                        : PowerDecision.fail(new FailPower(A, operation, "c", "m"), known);
            default -> random.nextInt(8) == 0 ? LendingDecision.retire(new RetireBoard(A), known) : List.of();
        };
    }
}
