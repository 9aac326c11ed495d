package dev.muster.lab.command;

import static dev.muster.lab.command.Samples.ANN;
import static dev.muster.lab.command.Samples.START;
import static dev.muster.lab.command.Samples.definition;
import static dev.muster.lab.command.Samples.id;
import static dev.muster.lab.command.Samples.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.BoardCommand.ReserveBoard;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.MaintenanceRequested;
import dev.muster.lab.BoardEvent.MaintenanceStarted;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardName;
import dev.muster.lab.Environment;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ReservationId;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.BeforeEach;

/** What stories of a board have in common: events of its past, and ways to say what follows. */
abstract class BoardStory {

    static final BoardName A = new BoardName("a64-1");
    static final UUID RELEASE = new UUID(1, 1);
    static final UUID OPERATION = new UUID(2, 2);
    static final UUID OTHER = new UUID(9, 9);
    static final ReservationId FIRST = id(1);
    static final ReservationId SECOND = id(2);

    final BoardEvent defined = new BoardDefined(A, definition("a64-1"));
    final BoardEvent reserved = new BoardReserved(A, reservation(1, ANN, START.plusSeconds(3600)));
    final BoardEvent handedOver = new BoardHandedOver(A, FIRST, Environment.NONE);
    final BoardEvent wanted = new MaintenanceRequested(A, "new fan");
    final BoardEvent failed = new ReleaseFailed(A, RELEASE, FIRST, 1, "lab.release-failed", "exit 1");
    final BoardEvent maintained = new MaintenanceStarted(A, "new fan");

    private AggregateTestFixture<LendableBoard> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(LendableBoard.class);
    }

    static BoardEvent releasing(ReleaseReason reason) {
        return new ReleaseStarted(A, RELEASE, FIRST, reason, 1);
    }

    /** Everything happened at {@link Samples#START}. */
    TestExecutor<LendableBoard> given(BoardEvent... events) {
        return fixture.givenCurrentTime(START).andGiven((Object[]) events);
    }

    static void nothing(ResultValidator<?> result) {
        result.expectNoEvents().expectResultMessagePayload(false);
    }

    static ReserveBoard reserve(long number, String holder, long seconds) {
        return new ReserveBoard(A, reservation(number, holder, START.plusSeconds(seconds)), START);
    }

    /** The names of releases are made up; all else is compared. */
    static void starts(
            ResultValidator<?> result, ReservationId of, ReleaseReason reason, int attempt, BoardEvent... before) {
        result.expectSuccessfulHandlerExecution()
                .expectEventsMatching(Matchers.payloadsMatching(Matchers.predicate(events -> {
                    assertThat(events).hasSize(before.length + 1);
                    assertThat(events.subList(0, before.length)).isEqualTo(List.of(before));
                    assertThat(events.getLast()).isInstanceOfSatisfying(ReleaseStarted.class, it -> {
                        assertThat(it.reservation()).isEqualTo(of);
                        assertThat(it.reason()).isEqualTo(reason);
                        assertThat(it.attempt()).isEqualTo(attempt);
                    });
                    return true;
                })));
    }
}
