package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static dev.muster.lab.command.LabHouse.user;
import static dev.muster.lab.command.LabHouse.wanted;
import static dev.muster.lab.command.Samples.START;
import static dev.muster.lab.command.Samples.definition;
import static dev.muster.lab.command.Samples.reservation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ScriptAction;
import dev.muster.lab.ScriptOutcome;
import dev.muster.lab.ScriptRan;
import dev.muster.lab.Selector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ScriptAccountTest {

    private static final BoardName A = new BoardName("a64-1");

    private final LabHouse house = new LabHouse().with(definition("a64-1"));
    private final ScriptAccount account = new ScriptAccount(A, reservation(1, "user:ann", START), ScriptAction.RESERVE);

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private List<SetupScriptRan> runs() {
        return house.events().stream()
                .filter(SetupScriptRan.class::isInstance)
                .map(SetupScriptRan.class::cast)
                .toList();
    }

    @Test
    void wordsAreKeptFirstAndNamedThen() {
        account.accept(new ScriptRan(ScriptOutcome.TEMPORARY, 77, "no address left"));
        account.settle(house.bench(CrashPoints.NONE));

        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.board()).isEqualTo(A);
            assertThat(run.reservation()).isEqualTo(Samples.id(1));
            assertThat(run.action()).isEqualTo(ScriptAction.RESERVE);
            assertThat(run.outcome()).isEqualTo(ScriptOutcome.TEMPORARY);
            assertThat(run.millis()).isEqualTo(77);
            assertThat(house.lab.said).containsEntry(run.words(), "no address left");
        });
    }

    @Test
    void ofWhatNeverRanThereIsNoAccount() {
        account.settle(house.bench(CrashPoints.NONE));
        assertThat(runs()).isEmpty();
    }

    @Test
    void workThatIsBrokenOffIsNotAccountedFor() {
        account.accept(new ScriptRan(ScriptOutcome.TIMED_OUT, 1, "too late"));
        Thread.currentThread().interrupt();
        account.settle(house.bench(CrashPoints.NONE));

        assertThat(Thread.interrupted())
                .as("whoever broke it off still sees so")
                .isTrue();
        assertThat(runs()).isEmpty();
        assertThat(house.lab.said).isEmpty();
    }

    @Test
    void anAccountThatCannotBeWrittenSpoilsNothing() {
        Bench bench = house.bench(CrashPoints.NONE);
        Commands full = new Commands() {
            @Override
            public <R> Mono<R> send(Object command) {
                return Mono.error(LabRefusal.BAD_VALUE.because("no"));
            }

            @Override
            public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
                return CompletableFuture.failedFuture(LabRefusal.BAD_VALUE.because("no"));
            }
        };
        account.accept(new ScriptRan(ScriptOutcome.DONE, 1, "all is well"));
        account.settle(new Bench(
                full,
                bench.boards(),
                bench.outcomes(),
                bench.positions(),
                bench.configurations(),
                bench.scripts(),
                bench.words(),
                bench.switches(),
                bench.lines(),
                bench.reinstallations(),
                bench.actions(),
                bench.clock(),
                bench.settings(),
                bench.crashes()));
        assertThat(house.lab.said).hasSize(1);
        assertThat(runs()).isEmpty();
    }

    /** What the keeper of a board makes of it. */
    @Nested
    class OfABoardThatIsLent {

        private Board reserved() {
            return Await.done(house.office.reserve(wanted(Selector.of(A), null), user("ann")));
        }

        private void awaitFree() {
            await().until(() -> house.board("a64-1").state() == BoardState.FREE);
        }

        /** Contract §6: whatever came of it, the run is on record, and what it said is kept beside. */
        @ParameterizedTest
        @EnumSource(ScriptOutcome.class)
        void eachOutcomeOfTheScriptIsOnRecord(ScriptOutcome outcome) {
            house.started();
            house.lab.ran = new ScriptRan(outcome, 1234, "ünd nun?");
            if (outcome != ScriptOutcome.DONE) {
                house.lab.refusal =
                        outcome == ScriptOutcome.UNACCEPTABLE ? LabRefusal.UNACCEPTABLE : LabRefusal.SETUP_FAILED;
                house.lab.fail("script reserve", 1);
                assertRefused(house.lab.refusal, this::reserved);
                awaitFree();
            } else {
                reserved();
            }
            SetupScriptRan run = runs().getFirst();
            assertThat(run.action()).isEqualTo(ScriptAction.RESERVE);
            assertThat(run.outcome()).isEqualTo(outcome);
            assertThat(run.millis()).isEqualTo(1234);
            assertThat(run.reservation()).isNotNull();
            assertThat(house.lab.said).containsOnly(Map.entry(run.words(), "ünd nun?"));
            if (outcome != ScriptOutcome.DONE) {
                assertThat(runs())
                        .hasSize(2)
                        .last()
                        .extracting(SetupScriptRan::action)
                        .isEqualTo(ScriptAction.RELEASE);
            }
        }

        @Test
        void aRunThatFailsOnReleaseIsOnRecordForEachTry() {
            house.started();
            reserved();
            house.lab.ran = new ScriptRan(ScriptOutcome.FAILED, 5, "");
            house.lab.fail("script release", 2);
            assertRefused(LabRefusal.RELEASE_FAILED, () -> Await.done(house.office.release(A, user("ann"))));
            awaitFree();
            assertThat(runs().stream().filter(run -> run.action() == ScriptAction.RELEASE))
                    .hasSize(3)
                    .allSatisfy(
                            run -> assertThat(run.words()).as("it said nothing").isNull());
        }

        @Test
        void whereNoScriptRanNothingIsOnRecord() {
            house.lab.ran = null;
            house.started();
            reserved();
            assertThat(runs()).isEmpty();
        }

        @Test
        void wordsThatCannotBeKeptSpoilNothing() {
            house.lab.lostWords = new IllegalStateException("the disk is full");
            house.started();
            assertThat(reserved().state()).isEqualTo(BoardState.RESERVED);
            assertThat(runs()).singleElement().satisfies(run -> {
                assertThat(run.outcome()).isEqualTo(ScriptOutcome.DONE);
                assertThat(run.words()).isNull();
            });
        }
    }

    /** Words hold anything: what prints a run must not print them. */
    @Test
    void aRunDoesNotShowItsWords() {
        assertThat(new ScriptRan(ScriptOutcome.TIMED_OUT, 9, "password hunter2"))
                .hasToString("ScriptRan[timed-out after 9 ms]");
    }
}
