package dev.muster.lab.query;

import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequest.State;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestExpired;
import dev.muster.lab.LabRequestEvent.RequestFailed;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.RequestGranted;
import dev.muster.lab.LabRequestEvent.RequestReturned;
import dev.muster.testing.MemoryLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class RequestIndexTest {

    private final TestLab lab = new TestLab();

    private LabRequest find(int number) {
        return lab.requests.find(id(number));
    }

    private static List<Long> numbers(List<LabRequest> requests) {
        return requests.stream()
                .map(each -> each.id().value().getLeastSignificantBits())
                .toList();
    }

    @Nested
    class Life {

        @Test
        void aRequestWaitsIsGrantedAndFulfilled() {
            lab.defined("b1").queued(1, "user:ann", 2);
            assertThat(find(1))
                    .isEqualTo(new LabRequest(
                            id(1),
                            TestLab.wish("user:ann", 2, null),
                            State.WAITING,
                            null,
                            0,
                            null,
                            null,
                            MemoryLog.START.plusSeconds(1),
                            MemoryLog.START.plusSeconds(1),
                            1));

            lab.happens(new RequestGranted(id(1), board("b1")));
            assertThat(find(1).state()).isEqualTo(State.GRANTED);
            assertThat(find(1).board()).isEqualTo(board("b1"));
            assertThat(find(1).changedAt()).isEqualTo(MemoryLog.START.plusSeconds(2));
            assertThat(find(1).queuedAt()).isEqualTo(MemoryLog.START.plusSeconds(1));

            lab.happens(new RequestFulfilled(id(1), board("b1")));
            assertThat(find(1).state()).isEqualTo(State.FULFILLED);
            assertThat(find(1).board()).isEqualTo(board("b1"));
            assertThat(find(1).position()).isEqualTo(1);
        }

        @Test
        void oneThatFailsSaysWhyAndHowManyBoardsItTried() {
            lab.queued(1, "user:ann", 0);
            for (int i = 0; i < 2; i++) {
                lab.happens(new RequestGranted(id(1), board("b1")));
                lab.happens(new RequestReturned(id(1), board("b1"), "lab.setup-failed", "no address"));
                assertThat(find(1).state()).isEqualTo(State.WAITING);
                assertThat(find(1).board()).isNull();
                assertThat(find(1).code()).as("it did not fail").isNull();
            }
            lab.happens(new RequestGranted(id(1), board("b2")));
            lab.happens(new RequestFailed(id(1), "lab.setup-failed", "no address"));

            assertThat(find(1).state()).isEqualTo(State.FAILED);
            assertThat(find(1).code()).isEqualTo("lab.setup-failed");
            assertThat(find(1).message()).isEqualTo("no address");
            assertThat(find(1).boardsTried()).isEqualTo(3);
        }

        @Test
        void oneThatIsUnknownChangesNothing() {
            lab.happens(new RequestCancelled(id(9)));

            assertThat(find(9)).isNull();
            assertThat(lab.requests.all()).isEmpty();
        }
    }

    @Nested
    class Queue {

        @Test
        void priorityGoesBeforeAge() {
            lab.queued(1, "user:ann", 0).queued(2, "user:bob", 5).queued(3, "user:cid", 0);
            lab.queued(4, "user:dan", -1).queued(5, "user:eva", 5);

            assertThat(numbers(lab.requests.waiting())).containsExactly(2L, 5L, 1L, 3L, 4L);
            assertThat(lab.requests.placeOf(id(2))).isEqualTo(1);
            assertThat(lab.requests.placeOf(id(4))).isEqualTo(5);
            assertThat(lab.requests.places()).containsEntry(id(1), 3).hasSize(5);
            assertThat(numbers(lab.requests.all())).as("newest first").containsExactly(5L, 4L, 3L, 2L, 1L);
            assertThat(lab.requests.waitingCount()).isEqualTo(5);
        }

        @Test
        void oneThatIsReturnedHasItsOldPlace() {
            lab.queued(1, "user:ann", 0).queued(2, "user:bob", 0);
            lab.happens(new RequestGranted(id(1), board("b1")));
            assertThat(lab.requests.placeOf(id(1))).isZero();
            assertThat(lab.requests.placeOf(id(2))).isEqualTo(1);

            lab.queued(3, "user:cid", 0);
            lab.happens(new RequestReturned(id(1), board("b1"), "lab.setup-failed", "x"));

            assertThat(numbers(lab.requests.waiting())).containsExactly(1L, 2L, 3L);
        }

        @Test
        void whatIsOverOrUnknownHasNoPlace() {
            lab.queued(1, "user:ann", 0).happens(new RequestExpired(id(1)));

            assertThat(lab.requests.placeOf(id(1))).isZero();
            assertThat(lab.requests.placeOf(id(2))).isZero();
            assertThat(lab.requests.waiting()).isEmpty();
        }
    }

    @Nested
    class Memory {

        private final TestLab small =
                new TestLab(Schedulers.parallel(), new LabReadSettings(10, 2, Duration.ofSeconds(60), 90));

        @Test
        void ofThoseThatAreOverTheOnesThatEndedLastAreKeptAndAllThatWait() {
            for (int i = 1; i <= 6; i++) {
                small.queued(i, "user:ann", 0);
            }
            small.happens(new RequestCancelled(id(5)))
                    .happens(new RequestCancelled(id(1)))
                    .happens(new RequestCancelled(id(4)));

            assertThat(numbers(small.requests.all())).containsExactly(6L, 4L, 3L, 2L, 1L);
            assertThat(small.requests.find(id(5))).isNull();
            assertThat(numbers(small.requests.waiting())).containsExactly(2L, 3L, 6L);
            small.happens(new RequestFulfilled(id(5), board("b1")));
            assertThat(small.requests.find(id(5))).isNull();
        }

        @Test
        void whatEndsTwiceIsCountedOnce() {
            small.queued(1, "user:ann", 0).queued(2, "user:ann", 0);
            small.happens(new RequestCancelled(id(1))).happens(new RequestExpired(id(1)));
            small.happens(new RequestCancelled(id(2)));

            assertThat(numbers(small.requests.all())).containsExactly(2L, 1L);
        }
    }
}
