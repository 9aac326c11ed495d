package dev.muster.updates.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.overview.view.Folding;
import dev.muster.staging.PauseCause;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.FailureReason;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.GroupState;
import dev.muster.updates.RolloutView.Point;
import dev.muster.updates.RolloutView.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RolloutsProjectionTest {

    private final Story story = new Story();

    private RolloutView rollout() {
        return Folding.view(new RolloutsProjection(), story.log, RolloutsProjection.ROLLOUTS, Story.ROLLOUT.toString());
    }

    @Nested
    class Standing {

        @Test
        void aStartedRolloutShowsItsGroups() {
            story.rollout(2, 1500);

            RolloutView rollout = rollout();
            assertThat(rollout.state()).isEqualTo(State.RUNNING);
            assertThat(rollout.incompatible()).isEqualTo(3);
            assertThat(rollout.groups()).extracting(RolloutView.Group::size).containsExactly(2, 1500);
            assertThat(rollout.groups())
                    .extracting(RolloutView.Group::state)
                    .containsExactly(GroupState.RUNNING, GroupState.SCHEDULED);
            assertThat(rollout.startedAt()).isAfter(rollout.createdAt());
            assertThat(rollout.version()).isEqualTo(6);
        }

        @Test
        void itsMembersLieInChunks() {
            story.rollout(2, 1500);

            var views = Folding.views(new RolloutsProjection(), story.log.all());
            assertThat(views.get(RolloutsProjection.MEMBERS.key(Story.ROLLOUT + "/0/0")))
                    .isEqualTo(new RolloutMembers(List.of(Story.device(0), Story.device(1))));
            assertThat(((RolloutMembers) views.get(RolloutsProjection.MEMBERS.key(Story.ROLLOUT + "/1/1"))).ids())
                    .hasSize(500);
        }

        @Test
        void aPauseTellsWhy() {
            story.rollout(2, 2);
            story.happens(new RolloutEvent.GroupFailed(Story.ROLLOUT, 0));
            story.happens(new RolloutEvent.RolloutPaused(Story.ROLLOUT, PauseCause.ERROR_THRESHOLD));

            assertThat(rollout().state()).isEqualTo(State.PAUSED);
            assertThat(rollout().pauseCause()).isEqualTo(PauseCause.ERROR_THRESHOLD);
            assertThat(rollout().groups().getFirst().state()).isEqualTo(GroupState.ERROR);

            story.happens(new RolloutEvent.RolloutResumed(Story.ROLLOUT));
            assertThat(rollout().pauseCause()).isNull();
        }

        @Test
        void aPauseForAPersonsLookNamesTheGroup() {
            story.rollout(2, 2);
            assertThat(rollout().groups())
                    .extracting(RolloutView.Group::pauseAfter)
                    .containsExactly(true, false);
            assertThat(rollout().pausedAfter()).isNull();
            story.happens(new RolloutEvent.GroupSucceeded(Story.ROLLOUT, 0));
            story.happens(new RolloutEvent.RolloutPaused(Story.ROLLOUT, PauseCause.GROUP_SUCCEEDED));

            assertThat(rollout().state()).isEqualTo(State.PAUSED);
            assertThat(rollout().pauseCause()).isEqualTo(PauseCause.GROUP_SUCCEEDED);
            assertThat(rollout().pausedAfter()).isEqualTo(rollout().groups().getFirst());
            assertThat(rollout().groups().get(1).state()).isEqualTo(GroupState.SCHEDULED);

            story.happens(new RolloutEvent.RolloutResumed(Story.ROLLOUT));
            story.happens(new RolloutEvent.GroupStarted(Story.ROLLOUT, 1));
            assertThat(rollout().pausedAfter()).isNull();
        }
    }

    @Nested
    class Counting {

        @Test
        void endsAreCountedInTheirGroup() {
            story.rollout(3, 3);
            for (int i = 0; i < 3; i++) {
                story.assigned(Story.device(i), i + 1, Story.ROLLOUT, 0);
            }
            story.happens(new RolloutEvent.GroupOffered(Story.ROLLOUT, 0, 3, 0));
            story.finished(Story.device(0), 1, Story.ROLLOUT, 0)
                    .failed(Story.device(1), 2, false, Story.ROLLOUT, 0, "no space left")
                    .canceled(Story.device(2), 3, Story.ROLLOUT, 0);

            RolloutView.Group group = rollout().groups().getFirst();
            assertThat(group.offered()).isEqualTo(3);
            assertThat(group.succeeded()).isEqualTo(1);
            assertThat(group.failed()).isEqualTo(1);
            assertThat(group.canceled()).isEqualTo(1);
        }

        @Test
        void failuresAreGroupedByWhatTheDeviceSaid() {
            story.rollout(30, 3);
            for (int i = 0; i < 20; i++) {
                story.failed(Story.device(i), 1, false, Story.ROLLOUT, 0, "no space left", "details " + i);
            }
            story.failed(Story.device(20), 1, true, Story.ROLLOUT, 0);

            List<RolloutView.Reason> reasons = rollout().reasons();
            assertThat(reasons)
                    .extracting(RolloutView.Reason::message)
                    .containsExactly("no space left", "no answer within 24h");
            assertThat(reasons.getFirst().count()).isEqualTo(20);
            assertThat(reasons.getFirst().devices()).hasSize(10).startsWith("dev-00000");
        }

        @Test
        void whatDiffersInNumbersOnlyIsOneReason() {
            story.rollout(30, 3);
            story.failed(Story.device(0), 1, false, Story.ROLLOUT, 0, "sector 4711 bad")
                    .failed(Story.device(1), 1, false, Story.ROLLOUT, 0, "sector 12 bad")
                    .failed(Story.device(2), 1, false, Story.ROLLOUT, 0, "sector 12 worn");

            RolloutView.Reason bad = rollout().reasons().getFirst();
            assertThat(bad.message()).as("one of them as a sample").isEqualTo("sector 4711 bad");
            assertThat(bad.count()).isEqualTo(2);
            assertThat(bad.devices()).containsExactly("dev-00000", "dev-00001");
            assertThat(bad.key()).isEqualTo(new FailureReason("sector 12 bad", null).key());
            assertThat(rollout().reasons()).hasSize(2);
        }

        @Test
        void newMessagesDoNotGrowTheDocumentForEver() {
            story.rollout(1000, 3);
            for (int i = 0; i < 300; i++) {
                story.failed(Story.device(i), 1, false, Story.ROLLOUT, 0, "strange thing " + letters(i));
            }

            List<RolloutView.Reason> reasons = rollout().reasons();
            assertThat(reasons).hasSize(50);
            assertThat(reasons.getFirst().message()).isEqualTo(Reasons.OTHERS);
            assertThat(reasons.stream().mapToInt(RolloutView.Reason::count).sum())
                    .isEqualTo(300);
        }

        private static String letters(int number) {
            return Integer.toString(number, 36)
                    .chars()
                    .mapToObj(c -> Character.toString(c <= '9' ? 'A' + c - '0' : c))
                    .collect(Collectors.joining());
        }
    }

    @Nested
    class Plot {

        @Test
        void itStaysSmallAndEndsWithTheNewestWord() {
            story.rollout(1, 10_000);
            for (int i = 0; i < 10_000; i++) {
                story.log.recordAt(
                        MemoryLog.START.plus(Duration.ofSeconds(100 + i * 7L)),
                        "updates/" + Story.device(i),
                        new dev.muster.updates.ActionEvent.ActionFinished(
                                Story.device(i), 1, Story.OS_2, null, List.of(), null, Story.ROLLOUT, 1, null));
            }

            List<Point> points = rollout().progress();
            assertThat(points).hasSizeBetween(200, Progress.POINTS_MAX);
            assertThat(points.getLast().succeeded()).isEqualTo(10_000);
            assertThat(points).isSortedAccordingTo(java.util.Comparator.comparing(Point::at));
            assertThat(points.get(points.size() / 2).succeeded()).isBetween(3_000, 7_000);
        }

        @Test
        void aBurstWithinASecondIsOnePoint() {
            story.rollout(1, 1000);
            for (int i = 0; i < 1000; i++) {
                story.log.recordAt(
                        MemoryLog.START.plusSeconds(60).plusMillis(i / 2),
                        "updates/" + Story.device(i),
                        new dev.muster.updates.ActionEvent.ActionFinished(
                                Story.device(i), 1, Story.OS_2, null, List.of(), null, Story.ROLLOUT, 1, null));
            }

            assertThat(rollout().progress()).hasSizeLessThanOrEqualTo(3);
            assertThat(rollout().progress().getLast().succeeded()).isEqualTo(1000);
        }
    }
}
