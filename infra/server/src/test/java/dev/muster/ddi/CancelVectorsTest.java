package dev.muster.ddi;

import static dev.muster.updates.ActionStatus.CANCELED;
import static dev.muster.updates.ActionStatus.CANCELING;
import static dev.muster.updates.ActionStatus.FINISHED;
import static dev.muster.updates.ActionStatus.RETRIEVED;
import static dev.muster.updates.ActionStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ddi.DdiWorld.Made;
import dev.muster.ddi.DdiWorld.Plan;
import dev.muster.updates.ActionType;
import dev.muster.updates.DeviceView.UpdateStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TV-56 to TV-71: cancels. */
class CancelVectorsTest extends DdiVectors {

    private record Canceling(String device, int action) {}

    private Canceling canceling() {
        String id = knownDevice();
        int action = assigned(id);
        world.cancel(id, action, false);
        return new Canceling(id, action);
    }

    private Answer cancelDocument(String id, int action) {
        return get(path(id) + "/cancelAction/" + action);
    }

    @Test
    void tv56TheDeviceIsPointedToTheCancel() {
        Canceling c = canceling();

        Answer answer = poll(c.device);

        assertThat(answer.rels()).containsExactly("cancelAction");
        assertThat(answer.link("cancelAction"))
                .isEqualTo(world.baseUrl() + path(c.device) + "/cancelAction/" + c.action);
        assertThat(action(c.device, c.action).active()).isTrue();
        assertThat(action(c.device, c.action).status()).isEqualTo(CANCELING);
    }

    @Test
    void tv57TheCancelDocumentNamesTheActionTwice() {
        Canceling c = canceling();
        String number = String.valueOf(c.action);

        Answer json = cancelDocument(c.device, c.action);
        Answer cbor = get(path(c.device) + "/cancelAction/" + c.action, "Accept", "application/cbor");

        assertThat(json.text())
                .isEqualTo("{\"id\":\"" + number + "\",\"cancelAction\":{\"stopId\":\"" + number + "\"}}");
        assertThat(cbor.cbor().path("id").asString()).isEqualTo(number);
        assertThat(cbor.cbor().at("/cancelAction/stopId").asString()).isEqualTo(number);
        assertThat(entries(c.device, c.action)).containsExactly(RUNNING, CANCELING, RETRIEVED);
        assertThat(action(c.device, c.action).status()).isEqualTo(CANCELING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"success", "none"})
    void tv58ClosingConfirmsTheCancel(String finished) {
        Canceling c = canceling();

        assertThat(cancelFeedback(c.device, c.action, "closed", finished).status())
                .isEqualTo(200);

        assertThat(action(c.device, c.action).status()).isEqualTo(CANCELED);
        assertThat(action(c.device, c.action).active()).isFalse();
        assertThat(poll(c.device).rels()).isEmpty();
        assertThat(cancelFeedback(c.device, c.action, "closed", finished).status())
                .isEqualTo(200);
        assertThat(device(c.device).updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
    }

    @Test
    void tv59ARejectedCancelBringsTheUpdateBack() {
        Canceling c = canceling();

        assertThat(cancelFeedback(c.device, c.action, "rejected", "none").status())
                .isEqualTo(200);

        assertThat(action(c.device, c.action).status()).isEqualTo(RUNNING);
        assertThat(deployment(c.device, c.action).status()).isEqualTo(200);
        assertThat(feedback(c.device, c.action, "closed", "none").status()).isEqualTo(200);
        assertThat(action(c.device, c.action).status()).isEqualTo(FINISHED);
    }

    @Test
    void tv60AFailedCancelBringsTheUpdateBackToo() {
        Canceling c = canceling();

        assertThat(cancelFeedback(c.device, c.action, "closed", "failure").status())
                .isEqualTo(200);

        assertThat(action(c.device, c.action).status()).isEqualTo(RUNNING);
        assertThat(poll(c.device).link("deploymentBase")).contains("/" + c.action + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canceled", "proceeding", "resumed", "scheduled"})
    void tv61OtherWordsLeaveItCanceling(String execution) {
        Canceling c = canceling();

        assertThat(cancelFeedback(c.device, c.action, execution, "none").status())
                .isEqualTo(200);

        assertThat(action(c.device, c.action).status()).isEqualTo(CANCELING);
        assertThat(poll(c.device).rels()).containsExactly("cancelAction");
    }

    @Test
    void tv62TheDeviceMayStillWinTheRace() {
        Canceling c = canceling();

        assertThat(deployment(c.device, c.action).status()).isEqualTo(404);
        assertThat(feedback(c.device, c.action, "proceeding", "none").status()).isEqualTo(200);
        assertThat(action(c.device, c.action).status()).isEqualTo(CANCELING);
        assertThat(feedback(c.device, c.action, "closed", "success").status()).isEqualTo(200);
        assertThat(action(c.device, c.action).status()).isEqualTo(FINISHED);
    }

    @Test
    void tv63WhatIsNotCanceledCannotBeConfirmed() {
        String id = knownDevice();
        int action = assigned(id);

        assertThat(cancelDocument(id, action).status()).isEqualTo(404);
        Answer answer = cancelFeedback(id, action, "closed", "success");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.errorCode()).isEqualTo("hawkbit.server.error.action.notCancelable");
    }

    @Test
    void tv64ACanceledActionIsGone() {
        Canceling c = canceling();
        cancelFeedback(c.device, c.action, "closed", "success");

        assertThat(deployment(c.device, c.action).status()).isEqualTo(404);
        assertThat(get(path(c.device) + "/installedBase/" + c.action).status()).isEqualTo(404);
        assertThat(feedback(c.device, c.action, "closed", "success").status()).isEqualTo(410);
        assertThat(cancelDocument(c.device, c.action).status()).isEqualTo(200);
    }

    @Test
    void tv65AForcedCancelNeedsNoDevice() {
        Canceling c = canceling();
        world.cancel(c.device, c.action, true);

        assertThat(poll(c.device).rels()).isEmpty();
        assertThat(feedback(c.device, c.action, "closed", "success").status()).isEqualTo(410);
        assertThat(cancelFeedback(c.device, c.action, "closed", "success").status())
                .isEqualTo(200);
        assertThat(action(c.device, c.action).status()).isEqualTo(CANCELED);
    }

    @Test
    void tv66TwoCancelsAreToldOneAfterTheOther() {
        String id = knownDevice();
        int first = world.assign(id, osRelease(true), Plan.FORCED);
        int second = world.assign(id, osRelease(true), Plan.FORCED);
        world.cancel(id, first, false);
        world.cancel(id, second, false);

        assertThat(cancelDocument(id, first).status()).isEqualTo(200);
        assertThat(cancelDocument(id, second).status()).isEqualTo(200);
        assertThat(poll(id).link("cancelAction")).endsWith("/" + first);
        cancelFeedback(id, first, "closed", "success");
        assertThat(poll(id).link("cancelAction")).endsWith("/" + second);
        cancelFeedback(id, second, "closed", "success");
        assertThat(poll(id).rels()).isEmpty();
    }

    @Test
    void tv67ANewSetCancelsTheOldOneFirst() {
        String id = knownDevice();
        int first = assigned(id);
        int second = assigned(id);

        assertThat(poll(id).link("cancelAction")).endsWith("/" + first);
        cancelFeedback(id, first, "closed", "success");
        assertThat(poll(id).link("deploymentBase")).contains("/" + second + "?");
    }

    @Test
    void tv68WithAutocloseTheOldOneEndsUnasked() {
        settings("autoClose", true);
        String id = knownDevice();
        int first = assigned(id);
        int second = assigned(id);

        assertThat(poll(id).link("deploymentBase")).contains("/" + second + "?");
        assertThat(action(id, first).status()).isEqualTo(CANCELED);
    }

    @Test
    void tv69TheGreaterWeightIsServedFirst() {
        String id = knownDevice();
        world.assign(id, osRelease(), new Plan(ActionType.FORCED, null, 100, null));
        int heavy = world.assign(id, osRelease(), new Plan(ActionType.FORCED, null, 900, null));

        assertThat(poll(id).link("deploymentBase")).contains("/" + heavy + "?");
    }

    @Test
    void tv70CancelReportsAreLimitedToo() {
        Canceling c = canceling();
        for (int i = 2; i < 1000; i++) {
            assertThat(cancelFeedback(c.device, c.action, "proceeding", "none").status())
                    .isEqualTo(200);
        }

        assertThat(cancelFeedback(c.device, c.action, "proceeding", "none").status())
                .isEqualTo(429);
        assertThat(cancelFeedback(c.device, c.action, "closed", "success").status())
                .isEqualTo(200);
    }

    @Test
    void tv71OtherMethodsFormsAndDevicesAreRefused() {
        Canceling c = canceling();
        String path = path(c.device) + "/cancelAction/" + c.action + "/feedback";

        eachIs405(path, "PUT", "GET", "DELETE");
        assertThat(send("POST", path, bytes(report("closed", "success")), "Content-Type", "application/atom+xml")
                        .status())
                .isEqualTo(415);
        assertThat(cancelFeedback(fresh("nobody"), c.action, "closed", "success")
                        .status())
                .isEqualTo(404);
        assertThat(get(path(c.device) + "/cancelAction/" + c.action, "Accept", "text/html")
                        .status())
                .isEqualTo(406);
        assertThat(List.of(cancelDocument(knownDevice(), c.action).status())).containsExactly(404);
    }

    @Test
    void tv74TheInstalledOneStaysLinkedBesideWhatFollows() {
        String id = knownDevice();
        Made one = osRelease();
        int first = world.assign(id, one, Plan.FORCED);
        feedback(id, first, "closed", "success");
        attributes(id, "{\"data\":{\"a\":\"b\"}}");
        int second = assigned(id);
        world.cancel(id, second, false);
        cancelFeedback(id, second, "closed", "success");
        int third = assigned(id);

        assertThat(poll(id).rels()).containsExactlyInAnyOrder("installedBase", "deploymentBase");
        assertThat(poll(id).link("installedBase")).endsWith("/" + first);
        assertThat(poll(id).link("deploymentBase")).contains("/" + third + "?");
    }
}
