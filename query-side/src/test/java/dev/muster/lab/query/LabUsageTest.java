package dev.muster.lab.query;

import static dev.muster.lab.query.TestLab.ENVIRONMENT;
import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.RequestGranted;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.Power;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.query.LabUsage.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LabUsageTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
    private static final Slot B1 = new Slot(board("b1"), "pine");

    private final TestLab lab = new TestLab();

    private static BoardHandedOver handOver() {
        return new BoardHandedOver(board("b1"), id(1), ENVIRONMENT);
    }

    private static ReleaseStarted release() {
        return new ReleaseStarted(board("b1"), new UUID(1, 1), id(1), ReleaseReason.RELEASED, 1);
    }

    private Tally on(LocalDate day) {
        return lab.usage.since(LocalDate.MIN).get(day).getOrDefault(B1, Tally.NOTHING);
    }

    @Test
    void whatHappensToABoardIsCounted() {
        lab.defined("b1").reserved("b1", 1, "user:ann");
        lab.happens(new PreparationFailed(board("b1"), id(1), "lab.setup-failed", "x"))
                .releasing("b1", 1);
        lab.happens(new ReleaseFailed(board("b1"), new UUID(1, 1), id(1), 1, "lab.release-failed", "x"));
        lab.freed("b1", 1).reserved("b1", 2, "user:bob");

        assertThat(on(TODAY)).isEqualTo(new Tally(2, 0, 0, 0, 1, 1));
    }

    @Test
    void timeIsHeldFromHandOverToTheStartOfTheCleanUpAndGoesToTheDaysItWasIn() {
        lab.defined("b1");
        lab.happensAt("2026-11-18T23:00:00Z", handOver());
        lab.happensAt("2026-11-20T01:30:00Z", release());
        lab.freed("b1", 1);

        assertThat(on(LocalDate.parse("2026-11-18")).heldMillis())
                .isEqualTo(Duration.ofHours(1).toMillis());
        assertThat(on(LocalDate.parse("2026-11-19")).heldMillis())
                .isEqualTo(Duration.ofHours(24).toMillis());
        assertThat(on(TODAY).heldMillis()).isEqualTo(Duration.ofMinutes(90).toMillis());
        assertThat(on(LocalDate.parse("2026-11-17"))).isEqualTo(Tally.NOTHING);
    }

    @Test
    void whatIsHeldNowCountsUpToNow() {
        lab.defined("b1").happensAt("2026-11-20T07:00:00Z", handOver());
        assertThat(on(TODAY).heldMillis()).isEqualTo(Duration.ofHours(1).toMillis());

        lab.clock.advance(Duration.ofHours(2));
        assertThat(on(TODAY).heldMillis()).isEqualTo(Duration.ofHours(3).toMillis());
        assertThat(on(TODAY).heldMillis())
                .as("reading counts nothing")
                .isEqualTo(Duration.ofHours(3).toMillis());
    }

    @Test
    void daysThatAreOverForLongEnoughAreForgotten() {
        lab.defined("b1").happensAt("2026-08-22T10:00:00Z", handOver());
        lab.happensAt("2026-08-22T12:00:00Z", release());
        lab.happensAt("2026-08-23T10:00:00Z", handOver()).happensAt("2026-08-23T12:00:00Z", release());
        lab.happensAt("2026-11-20T08:00:00Z", handOver());

        assertThat(lab.usage.since(LocalDate.parse("2026-08-01")))
                .as("more are not remembered")
                .hasSize(90)
                .containsKey(LocalDate.parse("2026-08-23"));
        assertThat(on(LocalDate.parse("2026-08-23")).heldMillis()).isPositive();

        lab.happensAt("2026-11-21T08:00:00Z", release());
        assertThat(on(LocalDate.parse("2026-08-23"))).isEqualTo(Tally.NOTHING);
        assertThat(lab.usage.since(TODAY.minusDays(1))).containsOnlyKeys(TODAY, TODAY.minusDays(1));
        assertThat(lab.usage.since(TODAY.plusDays(3))).containsOnlyKeys(TODAY);
    }

    @Test
    void anEndlessReservationCostsNoMoreThanTheDaysThatAreRemembered() {
        lab.defined("b1").happensAt("1999-01-01T00:00:00Z", handOver());
        lab.happensAt("2026-11-20T00:00:00Z", release());

        assertThat(lab.usage.since(LocalDate.MIN).values().stream()
                        .flatMap(each -> each.values().stream())
                        .mapToLong(Tally::heldMillis)
                        .sum())
                .isEqualTo(Duration.ofDays(89).toMillis());
    }

    @Test
    void aBoardThatChangesItsClassIsCountedForEach() {
        lab.defined("b1").reserved("b1", 1, "user:ann").freed("b1", 1);
        lab.defined("b1", "cora", Map.of()).reserved("b1", 2, "user:ann");

        assertThat(lab.usage.since(TODAY).get(TODAY)).containsOnlyKeys(B1, new Slot(board("b1"), "cora"));
    }

    @Test
    void waitingIsCountedFromWhenItCouldBeServed() {
        List<String> heard = new ArrayList<>();
        lab.usage.onWait((brdclass, waited, at) -> {
            throw new IllegalStateException("broken");
        });
        lab.usage.onWait((brdclass, waited, at) -> heard.add(brdclass + " " + waited + " " + at));
        Instant earliest = Instant.parse("2026-11-20T09:00:00Z");
        lab.defined("b1")
                .happensAt("2026-11-20T08:00:00Z", new RequestQueued(id(1), TestLab.wish("user:ann", 0, null)));
        lab.happensAt("2026-11-20T08:00:00Z", new RequestQueued(id(2), TestLab.wish("user:ann", 0, earliest)));
        lab.queued(3, "user:bob", 0).happens(new RequestCancelled(id(3)));
        lab.happensAt("2026-11-20T08:04:00Z", new RequestGranted(id(1), board("b1")));
        lab.happensAt("2026-11-20T08:05:00Z", new RequestFulfilled(id(1), board("b1")));
        lab.happensAt("2026-11-20T09:01:00Z", new RequestFulfilled(id(2), board("b1")));
        lab.happensAt("2026-11-20T09:02:00Z", new RequestFulfilled(id(3), board("b1")));

        assertThat(on(TODAY)).isEqualTo(new Tally(0, 0, 2, 360_000, 0, 0));
        assertThat(heard).containsExactly("pine PT5M 2026-11-20T08:05:00Z", "pine PT1M 2026-11-20T09:01:00Z");
    }

    @Test
    void powerOperationsAreCountedByOutcomeAndOutcomesAreBounded() {
        lab.defined("b1").happens(new PowerObserved(board("b1"), null, Power.ON));
        lab.happens(new PowerObserved(board("b1"), new UUID(0, 1), Power.ON));
        lab.happens(new PowerObserved(board("b1"), new UUID(0, 2), Power.OFF));
        lab.happens(new PowerFailed(board("b1"), new UUID(0, 3), "lab.power-timeout", "x"));
        assertThat(lab.usage.powerOperations()).isEqualTo(Map.of(LabUsage.DONE, 2L, "lab.power-timeout", 1L));

        for (int i = 0; i < 1000; i++) {
            lab.happens(new PowerFailed(board("b1"), new UUID(1, i), "lab.odd-" + i, "x"));
        }
        assertThat(lab.usage.powerOperations()).hasSizeLessThan(40).containsKey(LabUsage.OTHER);
        assertThat(lab.usage.powerOperations().values().stream()
                        .mapToLong(each -> each)
                        .sum())
                .isEqualTo(1003);
    }
}
