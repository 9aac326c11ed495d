package dev.muster.updates.modes.query;

import static dev.muster.updates.modes.Software.UNNAMED;
import static dev.muster.updates.modes.query.ModesWorld.ROBOT;
import static dev.muster.updates.modes.query.ModesWorld.module;
import static dev.muster.updates.modes.query.ModesWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.MemoryLog;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseEvent.ReleaseDeleted;
import dev.muster.updates.ReleaseEvent.ReleaseInvalidated;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutCreated;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutDeleted;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutPaused;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutResumed;
import dev.muster.updates.modes.FeedRollouts.FeedRollout;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.Software;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShelfAndFeedsTest {

    private static final Hardware BOARD_1 = new Hardware("board", "1.0");
    private static final Hardware BOARD_2 = new Hardware("board", "2.0");

    private final ModesWorld world = new ModesWorld();

    private void invalidated(ReleaseRef release) {
        world.happens("release/" + release.id(), new ReleaseInvalidated(release.id(), null));
    }

    private void deleted(ReleaseRef release) {
        world.happens("release/" + release.id(), new ReleaseDeleted(release.id()));
    }

    @Nested
    class Shelf {

        @Test
        void softwareIsAReleaseOfOneFile() {
            world.shelved(12, "os", "1", BOARD_1)
                    .released(release("two", "1"), List.of(module(13, "1", 1), module(14, "1", 1)))
                    .released(release("files", "1"), List.of(module(15, "1", 2)))
                    .released(release("none", "1"), List.of(module(16, "1", 0)));

            assertThat(world.shelf.all()).extracting(Software::number).containsExactly(12L);
            assertThat(world.shelf.find(12).release()).isEqualTo(release("os", "1"));
            assertThat(world.shelf.find(12).createdAt()).isEqualTo(MemoryLog.START);
            assertThat(world.shelf.of(release("os", "1").id())).isEqualTo(world.shelf.find(12));
            assertThat(world.shelf.find(13)).isNull();
            assertThat(world.shelf.of(release("two", "1").id())).isNull();
        }

        @Test
        void theLatestChangesWithTheShelf() {
            world.shelved(12, "os", "1.9");
            assertThat(world.shelf.latest(UNNAMED).number()).isEqualTo(12);
            assertThat(world.shelf.latest(BOARD_1)).isNull();

            world.shelved(13, "os", "1.10").shelved(14, "board", "7", BOARD_1);
            assertThat(world.shelf.latest(UNNAMED).number()).isEqualTo(13);
            assertThat(world.shelf.latest(BOARD_1).number()).isEqualTo(14);

            invalidated(release("os", "1.10"));
            assertThat(world.shelf.latest(UNNAMED).number()).isEqualTo(12);
            assertThat(world.shelf.find(13).usable()).isFalse();

            deleted(release("board", "7"));
            assertThat(world.shelf.latest(BOARD_1)).isNull();
        }

        @Test
        void ofEqualVersionsTheLowestNumberIsTheLatest() {
            world.shelved(14, "a", "2.0").shelved(12, "b", "2").shelved(13, "c", "2.0.0+build");
            assertThat(world.shelf.latest(UNNAMED).number()).isEqualTo(12);
        }

        @Test
        void aReleaseMadeAgainHasAnotherNumber() {
            world.shelved(12, "os", "1");
            deleted(release("os", "1"));
            assertThat(world.shelf.find(12)).isNull();
            assertThat(world.shelf.all()).isEmpty();

            world.shelved(13, "os", "1");
            assertThat(world.shelf.find(12)).isNull();
            assertThat(world.shelf.of(release("os", "1").id()).number()).isEqualTo(13);
        }
    }

    @Test
    void hardwareIsNumberedAsItIsFirstNamed() {
        world.registered(ROBOT)
                .shelved(12, "os", "1", BOARD_2)
                .reports(ROBOT, Map.of("hw_boardname", "board", "hw_revision", "1.0"))
                .shelved(13, "os", "2", BOARD_1, BOARD_2, UNNAMED)
                .reports(ROBOT, Map.of("hw_boardname", "lone", "hw_revision", ""));

        assertThat(world.hardware.number(UNNAMED)).isEqualTo(1);
        assertThat(world.hardware.number(BOARD_2)).isEqualTo(2);
        assertThat(world.hardware.number(BOARD_1)).isEqualTo(3);
        assertThat(world.hardware.number(new Hardware("lone", Hardware.ANY))).isEqualTo(4);
        assertThat(world.hardware.number(new Hardware("never", "seen"))).isNull();
    }

    @Nested
    class Feeds {

        private static final ReleaseRef ONE = new ReleaseRef(release("os", "1").id(), "os", "1");

        private FeedRolloutCreated created(long number, String feed, long software) {
            return new FeedRolloutCreated(number, "rollout " + number, feed, software, ONE);
        }

        private Long newest(String feed, Hardware device) {
            FeedRollout rollout = world.feeds.newest(feed, device);
            return rollout == null ? null : rollout.number();
        }

        @Test
        void theNewestThatMayBeGivenIs() {
            world.shelved(12, "os", "1").shelved(13, "os", "2").shelved(14, "os", "3", BOARD_1);
            assertThat(newest("qa", UNNAMED)).isNull();

            world.happens(created(4, "qa", 12)).happens(created(5, "live", 13));
            assertThat(newest("qa", UNNAMED)).isEqualTo(4);

            world.happens(created(6, "qa", 13)).happens(new FeedRolloutPaused(6));
            assertThat(newest("qa", UNNAMED)).isEqualTo(4);

            world.happens(new FeedRolloutResumed(6)).happens(created(7, "qa", 14));
            assertThat(newest("qa", UNNAMED)).isEqualTo(6);
            assertThat(newest("qa", BOARD_1)).isEqualTo(7);
            assertThat(newest(null, UNNAMED)).isNull();

            world.happens(new FeedRolloutDeleted(6));
            assertThat(newest("qa", UNNAMED)).isEqualTo(4);
        }

        @Test
        void softwareComesAndGoesWithoutItsRollouts() {
            world.shelved(12, "os", "1").shelved(13, "os", "2");
            world.happens(created(4, "qa", 12)).happens(created(5, "qa", 13));

            invalidated(release("os", "2"));
            assertThat(newest("qa", UNNAMED)).isEqualTo(4);
            assertThat(world.feeds.all()).extracting(FeedRollout::number).containsExactly(4L, 5L);

            deleted(release("os", "1"));
            assertThat(newest("qa", UNNAMED)).isNull();
            assertThat(world.feeds.all()).extracting(FeedRollout::number).containsExactly(5L);
            assertThat(world.feeds.find(4)).isNull();
        }

        @Test
        void theEndsOfDevicesAreAddedUp() {
            world.shelved(12, "os", "1").happens(created(4, "qa", 12)).registered(ROBOT);
            world.happens(new FollowingFinished(ROBOT, 12, "1", 4L, null))
                    .happens(new FollowingFinished(ROBOT, 12, "1", 4L, null))
                    .happens(new FollowingFailed(ROBOT, 12, 4L, false, null))
                    .happens(new FollowingFinished(ROBOT, 12, "1", null, null))
                    .happens(new FollowingFailed(ROBOT, 12, 99L, false, null));

            FeedRollout rollout = world.feeds.find(4);
            assertThat(rollout.successCount()).isEqualTo(2);
            assertThat(rollout.failureCount()).isEqualTo(1);
            assertThat(rollout.createdAt()).isEqualTo(MemoryLog.START.plusSeconds(1));

            world.happens(new FeedRolloutPaused(4));
            assertThat(world.feeds.find(4).successCount()).isEqualTo(2);
            assertThat(world.feeds.find(4).paused()).isTrue();
        }
    }
}
