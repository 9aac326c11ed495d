package dev.muster.overview.query;

import static dev.muster.lab.query.TestLab.ENVIRONMENT;
import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.id;
import static dev.muster.lab.query.TestLab.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.UserId;
import dev.muster.kernel.Refusal;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.LabAudit.Entry;
import dev.muster.lab.LabAudit.Outcome;
import dev.muster.lab.LabAudit.Page;
import dev.muster.lab.LabAudit.Question;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ScriptAction;
import dev.muster.lab.ScriptOutcome;
import dev.muster.overview.CommandRefused;
import dev.muster.testing.MemoryLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabAuditTrailTest {

    private static final UUID TOKEN = new UUID(3, 3);
    private static final UserId BOB = new UserId(new UUID(2, 2));
    private static final Map<String, Object> BY_TOKEN = Map.of("actor", "token:" + TOKEN, "address", "192.0.2.4");
    private static final Map<String, Object> BY_SERVER = Map.of("actor", "system:lab");

    private final LabAuditTrail trail = new LabAuditTrail(4, 10);
    private final MemoryLog log = new MemoryLog(trail);

    private void happens(Object event, Map<String, Object> by) {
        log.record("board/b1", event, by);
    }

    private List<Entry> entries(@Nullable String person) {
        return trail.find(new Question(null, person, null, Long.MAX_VALUE, 100)).entries();
    }

    @Test
    void whatTakesTimeIsOneEntryWithItsOutcome() {
        log.record(null, new TokenCreated(TOKEN, BOB, "ci", "mst_x", "digest", Set.of(), MemoryLog.START));
        happens(new BoardReserved(board("b1"), reservation(1, "user:" + BOB)), BY_TOKEN);
        assertThat(entries(null)).singleElement().satisfies(it -> {
            assertThat(it.outcome()).isEqualTo(Outcome.PENDING);
            assertThat(it.took()).isNull();
        });
        happens(new BoardHandedOver(board("b1"), id(1), ENVIRONMENT), BY_SERVER);

        Entry entry = entries(null).getFirst();
        assertThat(entry.person()).isEqualTo("user:" + BOB);
        assertThat(entry.token()).isEqualTo(TOKEN.toString());
        assertThat(entry.address()).isEqualTo("192.0.2.4");
        assertThat(entry.board()).isEqualTo(board("b1"));
        assertThat(entry.reservation()).isEqualTo(id(1));
        assertThat(entry.action()).isEqualTo("reserve");
        assertThat(entry.outcome()).isEqualTo(Outcome.DONE);
        assertThat(entry.took()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatTheServerAndOthersDoToAReservationConcernsItsHolder() {
        happens(new BoardReserved(board("b1"), reservation(1, "user:ann")), Map.of("actor", "user:ann"));
        happens(new ReleaseStarted(board("b1"), new UUID(1, 1), id(1), ReleaseReason.EXPIRED, 1), BY_SERVER);
        happens(new BoardFreed(board("b1"), id(1)), BY_SERVER);

        assertThat(entries("user:bob")).isEmpty();
        assertThat(entries("user:ann")).extracting(Entry::action).containsExactly("release", "reserve");
        Entry release = entries("user:ann").getFirst();
        assertThat(release.person()).isNull();
        assertThat(release.detail()).isEqualTo("expired");
        assertThat(release.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void failuresAndRefusalsStandWithTheirCodes() {
        UUID operation = new UUID(5, 5);
        happens(new PowerOrdered(board("b1"), operation, PowerAction.ON), Map.of("actor", "user:ann"));
        happens(new PowerFailed(board("b1"), operation, "lab.power-timeout", "x"), BY_SERVER);
        log.record(
                null,
                new CommandRefused("lab.ReleaseBoard", "board/b1", "lab.not-holder", Refusal.Kind.FORBIDDEN, "no"),
                Map.of("actor", "user:eve"));
        log.record(
                null,
                new CommandRefused("registry.RegisterDevice", "device/1", "x.y", Refusal.Kind.CONFLICT, "no"),
                Map.of("actor", "user:eve"));

        assertThat(entries(null))
                .extracting(Entry::action, Entry::outcome, Entry::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("release", Outcome.REFUSED, "lab.not-holder"),
                        org.assertj.core.groups.Tuple.tuple("power-on", Outcome.FAILED, "lab.power-timeout"));
    }

    @Test
    void aRunOfTheScriptIsAnActOfTheServersThatConcernsTheHolder() {
        happens(new BoardReserved(board("b1"), reservation(1, "user:ann")), Map.of("actor", "user:ann"));
        happens(
                new SetupScriptRan(board("b1"), id(1), ScriptAction.RESERVE, ScriptOutcome.TEMPORARY, 1500, "ab"),
                BY_SERVER);
        happens(new PreparationFailed(board("b1"), id(1), "lab.setup-failed", "no address left"), BY_SERVER);
        happens(new SetupScriptRan(board("b1"), id(9), ScriptAction.RELEASE, ScriptOutcome.DONE, 20, null), BY_SERVER);

        Entry run = entries("user:ann").getFirst();
        assertThat(run.action()).isEqualTo("script-reserve");
        assertThat(run.person()).isNull();
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.code()).isEqualTo("temporary");
        assertThat(run.took()).isEqualTo(Duration.ofMillis(1500));
        assertThat(run.words()).isEqualTo("ab");
        Entry reserve = entries("user:ann").getLast();
        assertThat(reserve.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(reserve.message()).isEqualTo("no address left");
        Entry ofAnother = entries(null).getFirst();
        assertThat(ofAnother.outcome()).isEqualTo(Outcome.DONE);
        assertThat(ofAnother.holder()).isNull();
        assertThat(ofAnother.words()).isNull();
    }

    @Test
    void whatEndsAPreparationIsItsCode() {
        happens(new BoardReserved(board("b1"), reservation(1, "user:ann")), Map.of("actor", "user:ann"));
        happens(new ReleaseStarted(board("b1"), new UUID(1, 1), id(1), ReleaseReason.KICKED, 1), BY_TOKEN);
        assertThat(entries("user:ann"))
                .extracting(Entry::action, Entry::outcome, Entry::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("kick", Outcome.PENDING, null),
                        org.assertj.core.groups.Tuple.tuple("reserve", Outcome.FAILED, "kicked"));
    }

    @Test
    void aWishForAnyOfAClassThatWasRefusedNamesTheClass() {
        log.record(
                null,
                new CommandRefused(
                        "lab.ReserveBoard",
                        "board-class/pine",
                        "lab.none-free",
                        Refusal.Kind.CONFLICT,
                        "None is free."),
                Map.of("actor", "user:eve"));
        Entry tried = entries("user:eve").getFirst();
        assertThat(tried.action()).isEqualTo("reserve");
        assertThat(tried.board()).isNull();
        assertThat(tried.detail()).isEqualTo("pine");
        assertThat(tried.code()).isEqualTo("lab.none-free");
    }

    /** A job's token is old and used every night; those that were made since and never used go first. */
    @Test
    void ofTokensThoseUsedLastAreRemembered() {
        log.record(null, new TokenCreated(TOKEN, BOB, "ci", "mst_x", "digest", Set.of(), MemoryLog.START));
        for (int i = 0; i < 30; i++) {
            log.record(
                    null, new TokenCreated(new UUID(8, i), BOB, "x" + i, "mst_y", "digest", Set.of(), MemoryLog.START));
            happens(new PowerOrdered(board("b1"), new UUID(9, i), PowerAction.CYCLE), BY_TOKEN);
        }
        assertThat(entries(null)).allSatisfy(it -> assertThat(it.person()).isEqualTo("user:" + BOB));
    }

    @Test
    void itIsReadInPagesAndForgetsTheOldest() {
        for (int i = 0; i < 6; i++) {
            happens(new PowerOrdered(board("b1"), new UUID(9, i), PowerAction.CYCLE), BY_SERVER);
        }
        Page first = trail.find(new Question(board("b1"), null, null, Long.MAX_VALUE, 3));
        assertThat(first.entries()).extracting(Entry::position).containsExactly(5L, 4L, 3L);
        assertThat(first.next()).isEqualTo(3);
        Page second = trail.find(new Question(board("b1"), null, null, 3, 3));
        assertThat(second.entries()).extracting(Entry::position).containsExactly(2L);
        assertThat(second.next()).isNull();
        assertThat(trail.find(new Question(null, null, MemoryLog.START.plusSeconds(5), Long.MAX_VALUE, 9))
                        .entries())
                .hasSize(1);
        assertThat(trail.find(new Question(board("other"), null, null, Long.MAX_VALUE, 9))
                        .entries())
                .isEmpty();
    }
}
