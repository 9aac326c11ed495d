package dev.muster.lab.query;

import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent.BoardRetired;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.Power;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class WaitingForBoardsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Predicate<Board> FREE = it -> it.state() == BoardState.FREE;
    private static final Predicate<Board> TAKEN = it -> it.state().isTaken();

    private final TestLab lab = new TestLab();

    private Board when(Predicate<Board> like, Duration waitMax) {
        return lab.boards.when(board("b1"), like, waitMax).block(LONG);
    }

    @Nested
    class One {

        @Test
        void whatIsSoAlreadyIsAnsweredAtOnceAlsoToTheImpatient() {
            lab.defined("b1");

            assertThat(when(FREE, Duration.ZERO)).isSameAs(lab.find("b1"));
            assertThat(when(TAKEN, Duration.ZERO)).isNull();
            assertThat(lab.boards.callersWaiting()).isZero();
        }

        @Test
        void itIsAnsweredAsSoonAsAFoldMakesItTrueAndNotOnTheFoldingThread() throws Exception {
            lab.defined("b1");
            CompletableFuture<Thread> answered = new CompletableFuture<>();
            CompletableFuture<Board> told = lab.boards
                    .when(board("b1"), TAKEN, LONG)
                    .doOnNext(any -> answered.complete(Thread.currentThread()))
                    .toFuture();
            lab.happens(new PowerObserved(board("b1"), null, Power.ON));
            assertThat(told).isNotDone();

            lab.reserved("b1", 1, "user:ann");

            assertThat(told.get(20, TimeUnit.SECONDS).state()).isEqualTo(BoardState.PREPARING);
            assertThat(answered.get()).isNotSameAs(Thread.currentThread());
            Awaitility.await().until(() -> lab.boards.callersWaiting() == 0);
        }

        @Test
        void patienceEndsWithNothing() {
            VirtualTimeScheduler time = VirtualTimeScheduler.create();
            TestLab slow = new TestLab(time, LabReadSettings.DEFAULTS).defined("b1");
            CompletableFuture<Board> told =
                    slow.boards.when(board("b1"), TAKEN, Duration.ofSeconds(30)).toFuture();

            time.advanceTimeBy(Duration.ofMillis(29_999));
            assertThat(told).isNotDone();
            assertThat(slow.boards.callersWaiting()).isEqualTo(1);
            time.advanceTimeBy(Duration.ofMillis(1));

            assertThat(told).isCompletedWithValue(null);
            assertThat(slow.boards.callersWaiting()).isZero();
            time.dispose();
        }

        @Test
        void nobodyWaitsForABoardThatIsNotThere() {
            assertThat(when(FREE, LONG)).isNull();

            lab.lent("b1", 1, "user:ann");
            CompletableFuture<Board> told =
                    lab.boards.when(board("b1"), FREE, LONG).toFuture();
            lab.happens(new BoardRetired(board("b1"))).releasing("b1", 1);
            assertThat(told).isNotDone();
            lab.freed("b1", 1);

            Awaitility.await().until(told::isDone);
            assertThat(told).isCompletedWithValue(null);
        }

        @Test
        void aQuestionThatFailsFailsForItsAskerAlone() {
            lab.defined("b1");
            CompletableFuture<Board> wrong = lab.boards
                    .when(
                            board("b1"),
                            it -> {
                                if (it.state() != BoardState.FREE) {
                                    throw new IllegalStateException("wrong question");
                                }
                                return false;
                            },
                            LONG)
                    .toFuture();
            CompletableFuture<Board> right =
                    lab.boards.when(board("b1"), TAKEN, LONG).toFuture();

            lab.reserved("b1", 1, "user:ann");

            assertThat(right).succeedsWithin(LONG);
            assertThat(wrong).failsWithin(LONG).withThrowableThat().withMessageContaining("wrong question");
        }

        @Test
        void aRequestIsWaitedForThoughItIsNotKnownYet() {
            CompletableFuture<LabRequest> queued =
                    lab.requests.when(id(1), any -> true, LONG).toFuture();
            CompletableFuture<LabRequest> over =
                    lab.requests.when(id(1), it -> it.state().isOver(), LONG).toFuture();
            lab.queued(1, "user:ann", 0);
            assertThat(queued)
                    .succeedsWithin(LONG)
                    .extracting(LabRequest::state)
                    .isEqualTo(LabRequest.State.WAITING);
            assertThat(over).isNotDone();

            lab.happens(new RequestCancelled(id(1)));
            assertThat(over).succeedsWithin(LONG).extracting(LabRequest::state).isEqualTo(LabRequest.State.CANCELLED);
        }
    }

    @Nested
    class Many {

        private static final int MOST = 10_000;

        @Test
        void tenThousandMayWaitAndNoMore() {
            lab.defined("b1").defined("b2");
            List<CompletableFuture<Board>> told = IntStream.range(0, MOST)
                    .mapToObj(i -> lab.boards
                            .when(board(i % 2 == 0 ? "b1" : "b2"), TAKEN, LONG)
                            .toFuture())
                    .toList();
            assertThat(lab.boards.callersWaiting()).isEqualTo(MOST);
            assertThatThrownBy(() -> when(TAKEN, LONG)).isInstanceOfSatisfying(Refused.class, no -> assertThat(
                            no.refusal().code())
                    .isEqualTo(KernelRefusal.OVERLOADED.code()));
            assertThat(when(FREE, LONG)).as("who need not wait is served").isNotNull();

            lab.reserved("b1", 1, "user:ann");
            lab.reserved("b2", 2, "user:ann");

            told.forEach(each -> assertThat(each).succeedsWithin(LONG));
            Awaitility.await().until(() -> lab.boards.callersWaiting() == 0);
            assertThat(lab.boards.when(board("b1"), FREE, LONG).toFuture()).isNotDone();
        }

        @Test
        void whoGoesLeavesTheirPlace() {
            TestLab small =
                    new TestLab(reactor.core.scheduler.Schedulers.parallel(), new LabReadSettings(1, 1, LONG, 90));
            small.defined("b1");
            for (int i = 0; i < 100; i++) {
                Disposable waiting = small.boards.when(board("b1"), TAKEN, LONG).subscribe();
                assertThat(small.boards.callersWaiting()).isEqualTo(1);
                waiting.dispose();
                assertThat(small.boards.callersWaiting()).isZero();
            }
        }
    }

    @Nested
    class Races {

        /** Whoever asks while the board changes hears of it: at the first look, at the second, or by being told. */
        @Test
        void noChangeIsMissedByWhoAsksWhileItHappens() throws Exception {
            lab.defined("b1");
            int askers = 3;
            Random pauses = new Random(7);
            try (ExecutorService threads = Executors.newFixedThreadPool(askers)) {
                for (int round = 0; round < 1500; round++) {
                    CyclicBarrier start = new CyclicBarrier(askers + 1);
                    int spins = pauses.nextInt(200);
                    List<CompletableFuture<Board>> asked = Stream.generate(() -> CompletableFuture.supplyAsync(
                                    () -> {
                                        await(start);
                                        return when(TAKEN, LONG);
                                    },
                                    threads))
                            .limit(askers)
                            .toList();
                    await(start);
                    for (int i = 0; i < spins; i++) {
                        Thread.onSpinWait();
                    }
                    lab.reserved("b1", round, "user:ann");
                    for (CompletableFuture<Board> each : asked) {
                        assertThat(each.get(20, TimeUnit.SECONDS))
                                .as("round " + round)
                                .isNotNull();
                    }
                    lab.freed("b1", round);
                }
            }
            Awaitility.await().until(() -> lab.boards.callersWaiting() == 0);
        }

        private static void await(CyclicBarrier barrier) {
            try {
                barrier.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
