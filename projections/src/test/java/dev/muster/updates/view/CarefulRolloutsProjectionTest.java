package dev.muster.updates.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Recorded;
import dev.muster.overview.view.Folding;
import dev.muster.staging.Group;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionType;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.GroupState;
import dev.muster.updates.RolloutView.State;
import dev.muster.updates.StopCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CarefulRolloutsProjectionTest {

    private static final RolloutPolicy.Retry TWICE = new RolloutPolicy.Retry(2, Duration.ofMinutes(1), 2);
    private static final Instant LATER = Instant.parse("2026-11-21T00:00:00Z");

    private final Story story = new Story();

    private RolloutView rollout() {
        return Folding.view(new RolloutsProjection(), story.log, RolloutsProjection.ROLLOUTS, Story.ROLLOUT.toString());
    }

    private RolloutView.Group first() {
        return rollout().groups().getFirst();
    }

    private void tried(int device, int action, int attempt) {
        story.happens(new ActionEvent.ActionAssigned(
                Story.device(device),
                action,
                Story.OS_2,
                false,
                ActionType.FORCED,
                null,
                500,
                null,
                false,
                null,
                Story.ROLLOUT,
                0,
                new Tries(attempt, TWICE),
                Duration.ofMinutes(10),
                null,
                null));
    }

    private void failed(int device, int action, Instant retryAt, Boolean installed) {
        story.happens(new ActionEvent.ActionFailed(
                Story.device(device),
                action,
                Story.OS_2,
                false,
                7,
                List.of("no space"),
                null,
                Story.ROLLOUT,
                0,
                retryAt,
                installed));
    }

    private void installed(int device, int action) {
        story.happens(new ActionEvent.ActionInstalled(
                Story.device(device), action, Story.OS_2, null, List.of(), null, LATER, Story.ROLLOUT, 0));
    }

    private void finished(int device, int action, Boolean installed) {
        story.happens(new ActionEvent.ActionFinished(
                Story.device(device), action, Story.OS_2, null, List.of(), null, Story.ROLLOUT, 0, installed));
    }

    @Nested
    class Retries {

        @Test
        void aDeviceThatWillBeTriedAgainHasNotFailed() {
            story.rollout(3, 3);
            tried(0, 1, 1);
            failed(0, 1, LATER, null);

            assertThat(first().retrying()).isEqualTo(1);
            assertThat(first().failed()).isZero();
            assertThat(rollout().reasons()).isEmpty();
        }

        @Test
        void theNextTryIsNoFurtherOffer() {
            story.rollout(3, 3);
            tried(0, 1, 1);
            failed(0, 1, LATER, null);
            tried(0, 2, 2);

            assertThat(first().offered()).isEqualTo(1);
            assertThat(first().retrying()).isZero();
            finished(0, 2, null);
            assertThat(first().succeeded()).isEqualTo(1);
        }

        @Test
        void aTryThatIsGivenUpHasFailedForItsOldReason() {
            story.rollout(3, 3);
            tried(0, 1, 1);
            failed(0, 1, LATER, null);
            story.happens(new ActionEvent.RetryGivenUp(
                    Story.device(0), 1, Story.OS_2, false, 7, List.of("no space"), Story.ROLLOUT, 0));

            assertThat(first().retrying()).isZero();
            assertThat(first().failed()).isEqualTo(1);
            assertThat(rollout().reasons().getFirst().message()).isEqualTo("no space");
        }

        @Test
        void theLastTryDecides() {
            story.rollout(3, 3);
            tried(0, 1, 1);
            failed(0, 1, LATER, null);
            tried(0, 2, 2);
            failed(0, 2, null, null);

            assertThat(first().failed()).isEqualTo(1);
            assertThat(first().retrying()).isZero();
            assertThat(rollout().reasons().getFirst().code()).isEqualTo(7);
            assertThat(rollout().progress().getLast().failed()).isEqualTo(1);
        }
    }

    @Nested
    class ProofOfHealth {

        @Test
        void whatIsInstalledIsVerifiedUntilItEnds() {
            story.rollout(4, 3);
            for (int device = 0; device < 4; device++) {
                tried(device, device + 1, 1);
            }
            installed(0, 1);
            installed(1, 2);
            installed(2, 3);
            assertThat(first().verifying()).isEqualTo(3);

            finished(0, 1, true);
            failed(1, 2, null, true);
            failed(2, 3, LATER, true);
            assertThat(first().verifying()).isZero();
            assertThat(first().retrying()).isEqualTo(1);
        }

        @Test
        void whoFailsBeforeItInstalledTakesNobodysPlace() {
            story.rollout(4, 3);
            tried(0, 1, 1);
            tried(1, 2, 1);
            installed(0, 1);
            failed(1, 2, null, null);

            assertThat(first().verifying()).isEqualTo(1);
        }
    }

    @Nested
    class Approval {

        private final RolloutPolicy asked = new RolloutPolicy(true, null, null, null, null, null, null);

        @Test
        void itWaitsUntilSomebodyElseAgrees() {
            story.planned(asked);
            story.happens(new RolloutEvent.RolloutReady(Story.ROLLOUT, List.of(1, 2), 0));
            assertThat(rollout().state()).isEqualTo(State.WAITING_FOR_APPROVAL);
            assertThat(rollout().by()).isEqualTo("user:ann");

            story.happens(new RolloutEvent.RolloutApproved(Story.ROLLOUT, "user:bob", "go"));
            assertThat(rollout().state()).isEqualTo(State.READY);
            assertThat(rollout().decision().by()).isEqualTo("user:bob");
            assertThat(rollout().decision().approved()).isTrue();
        }

        @Test
        void aNoIsForGood() {
            story.planned(asked);
            story.happens(new RolloutEvent.RolloutReady(Story.ROLLOUT, List.of(1, 2), 0));
            story.happens(new RolloutEvent.RolloutDenied(Story.ROLLOUT, "user:bob", "not before the fair"));

            assertThat(rollout().state()).isEqualTo(State.APPROVAL_DENIED);
            assertThat(rollout().decision().remark()).isEqualTo("not before the fair");
        }

        @Test
        void whoAgreesBeforeAllIsPlannedHasAgreed() {
            story.planned(asked);
            story.happens(new RolloutEvent.RolloutApproved(Story.ROLLOUT, "user:bob", null));
            assertThat(rollout().state()).isEqualTo(State.CREATING);
            story.happens(new RolloutEvent.RolloutReady(Story.ROLLOUT, List.of(1, 2), 0));

            assertThat(rollout().state()).isEqualTo(State.READY);
        }
    }

    @Nested
    class Joining {

        private void joins(int group, int chunk, int from, int to) {
            List<dev.muster.registry.DeviceId> members = new ArrayList<>();
            for (int i = from; i < to; i++) {
                members.add(Story.device(i));
            }
            story.happens(new RolloutEvent.MembersJoined(Story.ROLLOUT, group, chunk, members));
        }

        private void added(int group) {
            story.happens(new RolloutEvent.GroupAdded(
                    Story.ROLLOUT, group, new Group("joined " + group, 100, 80, 20, null, null)));
        }

        @Test
        void devicesThatJoinHaveGroupsOfTheirOwn() {
            story.rollout(2, 3);
            added(2);
            joins(2, 0, 100, 103);
            joins(2, 1, 103, 104);
            story.happens(new RolloutEvent.MembersOffered(Story.ROLLOUT, 2, 3, 2, 1));

            RolloutView.Group joined = rollout().groups().getLast();
            assertThat(joined.joined()).isTrue();
            assertThat(joined.size()).isEqualTo(4);
            assertThat(joined.skipped()).isEqualTo(1);
            var views = Folding.views(new RolloutsProjection(), story.log.all());
            assertThat(views.get(RolloutsProjection.MEMBERS.key(Story.ROLLOUT + "/2/1")))
                    .isEqualTo(new RolloutMembers(List.of(Story.device(103))));
        }

        @Test
        void whileTheyJoinItIsOpen() {
            story.planned(
                    new RolloutPolicy(false, null, null, null, new RolloutPolicy.Joining(100, 80, 20), null, null));
            assertThat(rollout().open()).isTrue();
            story.happens(new RolloutEvent.JoiningClosed(Story.ROLLOUT));
            assertThat(rollout().open()).isFalse();
        }

        @Test
        void thousandsOfJoinedGroupsStaySmallAndLoseNobody() {
            story.rollout(2, 3);
            int groups = 1_200;
            for (int group = 2; group < 2 + groups; group++) {
                added(group);
                joins(group, 0, 1000 + group, 1001 + group);
            }
            story.finished(Story.device(1002), 1, Story.ROLLOUT, 2);
            story.finished(Story.device(1000 + 1 + groups), 1, Story.ROLLOUT, 1 + groups);

            RolloutView view = rollout();
            assertThat(view.groups()).hasSize(2 + Ladder.JOINED_MAX);
            assertThat(view.groupCount()).isEqualTo(2 + groups);
            assertThat(view.groups().stream().mapToInt(RolloutView.Group::size).sum())
                    .isEqualTo(5 + groups);
            assertThat(view.groups().get(2).succeeded())
                    .as("the old ones share an entry")
                    .isEqualTo(1);
            assertThat(view.groups().get(2).name()).contains("701 groups");
            assertThat(view.groups().getLast().succeeded()).isEqualTo(1);
            assertThat(view.placeOf(2 + 700)).isEqualTo(2);
            assertThat(view.placeOf(2 + 701)).isEqualTo(3);
            assertThat(view.placeOf(2 + groups)).isEqualTo(-1);
        }

        @Test
        void eventsOfAGroupThatNobodyKnowsChangeNothing() {
            story.rollout(2, 3);
            RolloutView before = rollout();
            story.finished(Story.device(0), 1, Story.ROLLOUT, 77);
            story.failed(Story.device(0), 2, false, Story.ROLLOUT, -1, "x");
            added(9);

            assertThat(rollout().groups()).isEqualTo(before.groups());
            assertThat(rollout().progress()).isEqualTo(before.progress());
        }
    }

    @Nested
    class Ending {

        @Test
        void aRollbackHasBeginningAndEnd() {
            story.rollout(2, 3);
            story.happens(new RolloutEvent.RollbackStarted(Story.ROLLOUT, RolloutPolicy.Rollback.ALL, true));
            story.happens(new RolloutEvent.RolloutAborted(Story.ROLLOUT, StopCause.ROLLED_BACK));
            assertThat(rollout().rollback().endedAt()).isNull();
            story.happens(new RolloutEvent.RollbackFinished(Story.ROLLOUT, 2));

            assertThat(rollout().state()).isEqualTo(State.STOPPED);
            assertThat(rollout().stopCause()).isEqualTo(StopCause.ROLLED_BACK);
            assertThat(rollout().rollback().automatic()).isTrue();
            assertThat(rollout().rollback().devices()).isEqualTo(2);
            assertThat(rollout().rollback().endedAt()).isNotNull();
        }

        @Test
        void oldHistoryWasStoppedByAnOperator() {
            story.rollout(2, 3);
            story.happens(new RolloutEvent.RolloutAborted(Story.ROLLOUT, null));

            assertThat(rollout().stopCause()).isEqualTo(StopCause.OPERATOR);
        }

        @Test
        void aDeletedOneIsMarked() {
            story.rollout(2, 3);
            story.happens(new RolloutEvent.RolloutDeleted(Story.ROLLOUT));

            assertThat(rollout().deleted()).isTrue();
        }
    }

    /** A crash between two writes: members are written, the rollout is not, and the whole batch comes again. */
    @Test
    void aBatchThatComesAgainCountsOnce() {
        story.rollout(2, 3);
        tried(0, 1, 1);
        installed(0, 1);
        finished(0, 1, true);
        List<Recorded> once = story.log.all();
        List<Recorded> twice = new ArrayList<>(once);
        twice.addAll(once);

        assertThat(Folding.views(new RolloutsProjection(), twice))
                .isEqualTo(Folding.views(new RolloutsProjection(), once));
        assertThat(first().state()).isEqualTo(GroupState.RUNNING);
    }
}
