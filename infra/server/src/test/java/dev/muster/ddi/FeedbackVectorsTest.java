package dev.muster.ddi;

import static dev.muster.updates.ActionStatus.CANCELED;
import static dev.muster.updates.ActionStatus.ERROR;
import static dev.muster.updates.ActionStatus.FINISHED;
import static dev.muster.updates.ActionStatus.RETRIEVED;
import static dev.muster.updates.ActionStatus.RUNNING;
import static dev.muster.updates.ActionStatus.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ddi.DdiWorld.Made;
import dev.muster.ddi.DdiWorld.Plan;
import dev.muster.updates.ActionType;
import dev.muster.updates.DeviceView;
import dev.muster.updates.DeviceView.UpdateStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TV-36 to TV-43 and TV-49 to TV-53: what feedback does. */
class FeedbackVectorsTest extends DdiVectors {

    @Test
    void tv36AClosedActionTakesNothingMore() {
        String id = knownDevice();
        int action = assigned(id);
        assertThat(feedback(id, action, "closed", "failure").status()).isEqualTo(200);

        Answer again = feedback(id, action, "closed", "success");

        assertThat(again.status()).isEqualTo(410);
        assertThat(again.body()).isEmpty();
        assertThat(action(id, action).status()).isEqualTo(ERROR);
    }

    @Test
    void tv37ClosedWithoutAnOpinionIsSuccess() {
        String id = knownDevice();
        Made release = osRelease();
        int action = world.assign(id, release, Plan.FORCED);

        Answer answer = feedback(id, action, "closed", "none");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        assertThat(action(id, action).status()).isEqualTo(FINISHED);
        assertThat(device(id).updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
        assertThat(device(id).installed()).isEqualTo(release.ref());
        assertThat(device(id).assigned()).isEqualTo(release.ref());
    }

    @Test
    void tv38AFailureClearsTheAssignment() {
        String id = knownDevice();
        int action = assigned(id);

        assertThat(feedback(id, action, "closed", "failure").status()).isEqualTo(200);

        assertThat(action(id, action).status()).isEqualTo(ERROR);
        assertThat(action(id, action).active()).isFalse();
        DeviceView device = device(id);
        assertThat(device.updateStatus()).isEqualTo(UpdateStatus.ERROR);
        assertThat(device.assigned()).isNull();
        assertThat(poll(id).rels()).isEmpty();
    }

    @Test
    void tv39TheSameSetMayBeTriedAgain() {
        String id = knownDevice();
        Made release = osRelease();
        int first = world.assign(id, release, Plan.FORCED);
        feedback(id, first, "closed", "failure");

        int second = world.assign(id, release, Plan.FORCED);

        assertThat(second).isGreaterThan(first);
        assertThat(feedback(id, second, "closed", "success").status()).isEqualTo(200);
        assertThat(device(id).updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
    }

    @Test
    void tv40And41StepsOnTheWayAreNotedAndEndNothing() {
        String id = knownDevice();
        int action = assigned(id);
        for (String step : List.of(
                "proceeding",
                "proceeding",
                "proceeding",
                "proceeding",
                "scheduled",
                "resumed",
                "canceled",
                "rejected")) {
            assertThat(feedback(id, action, step, "none", step + " now").status())
                    .isEqualTo(200);
        }

        assertThat(action(id, action).active()).isTrue();
        assertThat(device(id).updateStatus()).isEqualTo(UpdateStatus.PENDING);
        // The first entry is the assignment's own.
        assertThat(entries(id, action))
                .containsExactly(RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, CANCELED, WARNING);
        assertThat(feedback(id, action, "closed", "none").status()).isEqualTo(200);
        assertThat(action(id, action).status()).isEqualTo(FINISHED);
    }

    @Test
    void tv42EntriesAreLimitedButTheEndIsNot() {
        String id = knownDevice();
        int action = assigned(id);
        for (int i = 1; i < 1000; i++) {
            assertThat(feedback(id, action, "proceeding", "none").status()).isEqualTo(200);
        }

        Answer oneMore = feedback(id, action, "proceeding", "none");

        assertThat(oneMore.status()).isEqualTo(429);
        assertThat(oneMore.errorCode()).isEqualTo("hawkbit.server.error.quota.tooManyEntries");
        assertThat(feedback(id, action, "closed", "success").status()).isEqualTo(200);
    }

    @Test
    void tv43MessagesAreLimited() {
        String id = knownDevice();
        int action = assigned(id);
        String[] fifty = Collections.nCopies(50, "line").toArray(String[]::new);
        String[] more = Collections.nCopies(51, "line").toArray(String[]::new);

        assertThat(feedback(id, action, "proceeding", "none", fifty).status()).isEqualTo(200);
        Answer answer = feedback(id, action, "proceeding", "none", more);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errorCode()).isEqualTo("hawkbit.server.error.quota.tooManyEntries");
    }

    @Test
    void tv49WhatIsNotTheDevicesIsNotThere() {
        String id = knownDevice();
        int action = assigned(id);

        assertThat(feedback(fresh("nobody"), action, "proceeding", "none").status())
                .isEqualTo(404);
        assertThat(feedback(id, 2_000_000_000, "proceeding", "none").status()).isEqualTo(404);
        assertThat(feedback(knownDevice(), action, "proceeding", "none").status())
                .isEqualTo(404);
    }

    @Test
    void tv50MigrationStepsAreTakenInOrder() {
        String id = knownDevice();
        List<Made> releases = List.of(osRelease(true), osRelease(true), osRelease(true));
        List<Integer> actions = new ArrayList<>();
        for (Made release : releases) {
            actions.add(world.assign(id, release, Plan.FORCED));
        }

        for (int i = 0; i < 3; i++) {
            assertThat(poll(id).link("deploymentBase")).contains("/" + actions.get(i) + "?");
            assertThat(feedback(id, actions.get(i), "closed", "success").status())
                    .isEqualTo(200);
            assertThat(device(id).installed()).isEqualTo(releases.get(i).ref());
            assertThat(device(id).updateStatus()).isEqualTo(i < 2 ? UpdateStatus.PENDING : UpdateStatus.IN_SYNC);
        }
    }

    @Test
    void tv51ADownloadOnlyActionEndsWithTheDownload() {
        String id = knownDevice();
        int action = world.assign(id, osRelease(), Plan.of(ActionType.DOWNLOAD_ONLY));

        assertThat(feedback(id, action, "download", "none").status()).isEqualTo(200);
        assertThat(feedback(id, action, "downloaded", "none").status()).isEqualTo(200);

        assertThat(poll(id).rels()).containsExactly("configData");
        assertThat(device(id).updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
        assertThat(device(id).installed()).isNull();
        assertThat(feedback(id, action, "closed", "success").status()).isEqualTo(410);
    }

    @Test
    void tv52ReadingAFinishedActionChangesNothing() {
        String id = knownDevice();
        int action = assigned(id);
        feedback(id, action, "closed", "success");

        deployment(id, action);

        assertThat(action(id, action).status()).isEqualTo(FINISHED);
        assertThat(poll(id).rels()).contains("installedBase");
        assertThat(entries(id, action)).doesNotContain(RETRIEVED);
    }

    @Test
    void tv53TheOrderOfArrivalCountsNotTheDevicesClock() {
        String id = knownDevice();
        int first = assigned(id);
        closedAt(id, first, 1_900_000_000_000L);
        Made next = osRelease();
        int second = world.assign(id, next, Plan.FORCED);

        closedAt(id, second, 1000);

        assertThat(device(id).installed()).isEqualTo(next.ref());
        assertThat(poll(id).link("installedBase")).endsWith("/" + second);
    }

    private void closedAt(String id, int action, long timestamp) {
        assertThat(post(
                                path(id) + "/deploymentBase/" + action + "/feedback",
                                "{\"timestamp\":" + timestamp
                                        + ",\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"}}}")
                        .status())
                .isEqualTo(200);
    }
}
