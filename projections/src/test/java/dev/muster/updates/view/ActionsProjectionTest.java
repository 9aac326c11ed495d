package dev.muster.updates.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.overview.view.Folding;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.RolloutPolicy.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ActionsProjectionTest {

    private static final DeviceId DEV = new DeviceId("dev1");

    private final Story story = new Story();

    private ActionView action(int number) {
        return Folding.view(new ActionsProjection(), story.log, ActionsProjection.ACTIONS, "dev1/" + number);
    }

    @Nested
    class Ending {

        @Test
        void aFinishedActionIsOver() {
            story.assigned(DEV, 7)
                    .progressed(DEV, 7, ActionStatus.DOWNLOAD, "got it")
                    .finished(DEV, 7, null, null);

            ActionView action = action(7);
            assertThat(action.status()).isEqualTo(ActionStatus.FINISHED);
            assertThat(action.active()).isFalse();
            assertThat(action.entries())
                    .extracting(ActionView.Entry::status)
                    .containsExactly(ActionStatus.RUNNING, ActionStatus.DOWNLOAD, ActionStatus.FINISHED);
            assertThat(action.done()).isEqualTo(1);
            assertThat(action.of()).isEqualTo(5);
            assertThat(action.code()).isEqualTo(200);
            assertThat(action.entries().get(1).deviceTime()).isEqualTo(17L);
            assertThat(action.changedAt()).isEqualTo(action.createdAt().plusSeconds(2));
        }

        @Test
        void aSilentDeviceTimesOut() {
            story.assigned(DEV, 7).failed(DEV, 7, true, null, null);

            assertThat(action(7).status()).isEqualTo(ActionStatus.ERROR);
            assertThat(action(7).timedOut()).isTrue();
        }

        @Test
        void anActionDeclaredByTheDeviceIsFinishedFromTheStart() {
            story.happens(new ActionEvent.InstalledDeclared(DEV, 9, Story.OS_2));

            assertThat(action(9).status()).isEqualTo(ActionStatus.FINISHED);
            assertThat(action(9).active()).isFalse();
        }
    }

    @Nested
    class OnTheWay {

        @Test
        void aReportIsAnEntryAndDoesNotMoveTheAction() {
            story.assigned(DEV, 7).progressed(DEV, 7, ActionStatus.WARNING, "hot");

            assertThat(action(7).status()).isEqualTo(ActionStatus.RUNNING);
            assertThat(action(7).entries().getLast().messages()).containsExactly("hot");
        }

        @Test
        void aRejectedCancelGoesBackToRunning() {
            story.assigned(DEV, 7);
            story.happens(new ActionEvent.ActionRetrieved(DEV, 7, false));
            assertThat(action(7).status()).isEqualTo(ActionStatus.RETRIEVED);
            story.happens(new ActionEvent.ActionCancelRequested(DEV, 7, CancelCause.SUPERSEDED));
            story.happens(new ActionEvent.ActionRetrieved(DEV, 7, true));
            assertThat(action(7).status()).isEqualTo(ActionStatus.CANCELING);
            story.happens(new ActionEvent.CancelRejected(DEV, 7, ActionStatus.CANCEL_REJECTED, 3, List.of("too late")));

            assertThat(action(7).status()).isEqualTo(ActionStatus.RUNNING);
            assertThat(action(7).active()).isTrue();
            assertThat(action(7).entries())
                    .extracting(ActionView.Entry::status)
                    .endsWith(ActionStatus.CANCELING, ActionStatus.RETRIEVED, ActionStatus.CANCEL_REJECTED);
        }
    }

    @Nested
    class Bounds {

        @Test
        void onlyTheNewestEntriesAreKept() {
            story.assigned(DEV, 7);
            IntStream.range(0, 150).forEach(i -> story.progressed(DEV, 7, ActionStatus.RUNNING, "line " + i));

            assertThat(action(7).entries()).hasSize(ActionView.ENTRIES_MAX);
            assertThat(action(7).entries().getLast().messages()).containsExactly("line 149");
            assertThat(action(7).entries().getFirst().messages()).containsExactly("line 50");
        }

        @Test
        void aChattyDeviceKeepsItsNewestLines() {
            String[] fifty = IntStream.range(0, 50).mapToObj(i -> "l" + i).toArray(String[]::new);
            story.assigned(DEV, 7);
            IntStream.range(0, 60).forEach(i -> story.progressed(DEV, 7, ActionStatus.RUNNING, fifty));

            List<ActionView.Entry> entries = action(7).entries();
            assertThat(entries).hasSize(61);
            assertThat(entries.stream().mapToInt(e -> e.messages().size()).sum())
                    .isEqualTo(500);
            assertThat(entries.getLast().messages()).hasSize(50);
            assertThat(entries.get(1).messages()).isEmpty();
        }
    }

    @Nested
    class CarefulRollouts {

        private static final Instant SOON = Instant.parse("2026-11-20T12:10:00Z");

        private void tried(int number) {
            story.happens(new ActionEvent.ActionAssigned(
                    DEV,
                    number,
                    Story.OS_2,
                    false,
                    ActionType.FORCED,
                    null,
                    null,
                    null,
                    false,
                    null,
                    Story.ROLLOUT,
                    0,
                    new Tries(2, new Retry(3, Duration.ofMinutes(1), 2)),
                    Duration.ofMinutes(10),
                    Story.OS_2,
                    Story.ROLLOUT));
        }

        @Test
        void whichTryItIsAndWhatWasThereBefore() {
            tried(7);
            assertThat(action(7).attempt()).isEqualTo(2);
            assertThat(action(7).attempts()).isEqualTo(4);
            assertThat(action(7).before()).isEqualTo(Story.OS_2);
            assertThat(action(7).rollsBack()).isEqualTo(Story.ROLLOUT);
        }

        @Test
        void aFailureIsTriedAgainUntilThatIsGivenUp() {
            tried(7);
            story.happens(new ActionEvent.ActionFailed(
                    DEV, 7, Story.OS_2, false, null, List.of("no room"), null, Story.ROLLOUT, 0, SOON, null));
            assertThat(action(7).retryAt()).isEqualTo(SOON);
            assertThat(action(7).active()).isFalse();
            story.happens(new ActionEvent.RetryGivenUp(
                    DEV, 7, Story.OS_2, false, null, List.of("no room"), Story.ROLLOUT, 0));
            assertThat(action(7).retryAt()).isNull();
            assertThat(action(7).status()).isEqualTo(ActionStatus.ERROR);
        }

        @Test
        void proofIsAwaited() {
            tried(7);
            story.happens(new ActionEvent.ActionInstalled(
                    DEV, 7, Story.OS_2, null, List.of("done"), null, SOON, Story.ROLLOUT, 0));
            story.happens(new ActionEvent.OtherVersionReported(DEV, 7, "1.0"));
            assertThat(action(7).status()).isEqualTo(ActionStatus.INSTALLED);
            assertThat(action(7).active()).isTrue();
            assertThat(action(7).provenBy()).isEqualTo(SOON);
            assertThat(action(7).reportedVersion()).isEqualTo("1.0");
            assertThat(action(7).entries().getLast().messages())
                    .containsExactly("Update Server: The device reports version 1.0.");
        }

        @Test
        void whatConcernsTheDeviceAloneIsNoActions() {
            story.happens(new ActionEvent.DeviceHeldBack(DEV, "certification"));
            story.happens(new ActionEvent.DeviceLetGo(DEV));
            assertThat(Folding.views(new ActionsProjection(), story.log.all())).isEmpty();
        }
    }

    @Test
    void anEventOfAnUnknownActionMakesNone() {
        story.finished(DEV, 1, null, null);

        assertThat(Folding.views(new ActionsProjection(), story.log.all())).isEmpty();
    }
}
