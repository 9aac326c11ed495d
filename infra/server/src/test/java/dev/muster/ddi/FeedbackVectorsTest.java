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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** TV-36 to TV-55: feedback and what it does. */
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":{\"execution\":\"closed\"}}",
                "{\"status\":{\"execution\":\"closed\",\"result\":{}}}",
                "{\"status\":{\"result\":{\"finished\":\"success\"}}}",
                "{\"status\":{\"execution\":\"546456456\",\"result\":{\"finished\":\"success\"}}}",
                "{\"status\":{\"execution\":\"CLOSED\",\"result\":{\"finished\":\"success\"}}}",
                "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"yes\"}}}",
                "{\"status\":",
                "[]",
                "{}",
                ""
            })
    void tv44AnIncompleteReportIsRefused(String body) {
        String id = knownDevice();
        int action = assigned(id);

        Answer answer = post(path(id) + "/deploymentBase/" + action + "/feedback", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo(JSON);
        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("errorCode", "exceptionClass", "message");
        assertThat(answer.errorCode()).isEqualTo("hawkbit.server.error.rest.body.notReadable");
        assertThat(action(id, action).active()).isTrue();
    }

    @Test
    void tv45SloppyReportsAreUnderstood() {
        String id = knownDevice();
        int action = assigned(id);

        Answer answer = post(path(id) + "/deploymentBase/" + action + "/feedback", """
                {"id":7,"time":"20140511T121314","timestamp":"1627997501890","unknown":[{}],
                 "status":{"execution":"proceeding","code":"12","extra":null,
                           "result":{"finished":"none","progress":{"cnt":"2","of":5}},"details":"one"}}
                """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(action(id, action).entries().getLast().messages())
                .containsExactly("one", "Device reported status code: 12");
        assertThat(action(id, action).code()).isEqualTo(12);
        assertThat(action(id, action).done()).isEqualTo(2);
    }

    @Test
    void tv46ATimestampInWordsIsRefused() {
        String id = knownDevice();
        int action = assigned(id);

        assertThat(post(
                                path(id) + "/deploymentBase/" + action + "/feedback",
                                "{\"timestamp\":\"2020-01-01T00:00:00Z\",\"status\":{\"execution\":\"proceeding\",\"result\":{\"finished\":\"none\"}}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tv47BodiesAreJsonOrCbor() {
        String id = knownDevice();
        String path = path(id) + "/deploymentBase/" + assigned(id) + "/feedback";
        byte[] json = bytes(report("proceeding", "none"));
        byte[] cbor = CBOR.writeValueAsBytes(READER.readTree(json));

        Answer hal = send("POST", path, json, "Content-Type", "application/hal+json");
        assertThat(hal.status()).isEqualTo(415);
        assertThat(hal.header("Accept")).contains(JSON).contains("application/cbor");
        assertThat(send("POST", path, json).status()).isEqualTo(415);
        assertThat(send("POST", path, json, "Content-Type", "application/json;charset=UTF-8")
                        .status())
                .isEqualTo(200);
        assertThat(send("POST", path, cbor, "Content-Type", "application/cbor").status())
                .isEqualTo(200);
        assertThat(send("POST", path, json, "Content-Type", JSON, "Accept", "text/plain")
                        .status())
                .as("the Accept of a request without an answer does not matter")
                .isEqualTo(200);
    }

    @Test
    void tv48OtherMethodsAreRefused() {
        String id = knownDevice();
        eachIs405(path(id) + "/deploymentBase/" + assigned(id) + "/feedback", "GET", "PUT", "DELETE");
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

    @Test
    void tv54MarkupInMessagesIsTaken() {
        String id = knownDevice();
        int action = assigned(id);

        assertThat(feedback(id, action, "proceeding", "none", "<b>x</b>").status())
                .isEqualTo(200);
        assertThat(action(id, action).entries().getLast().messages()).containsExactly("<b>x</b>");
    }

    @Test
    void rawLineEndsInsideTextsAreTaken() {
        String id = knownDevice();
        int action = assigned(id);
        String body = report("proceeding", "none", "MARK").replace("MARK", "a\nb\tc");

        assertThat(post(path(id) + "/deploymentBase/" + action + "/feedback", body)
                        .status())
                .isEqualTo(200);
        assertThat(action(id, action).entries().getLast().messages()).containsExactly("a\nb\tc");
    }

    @Test
    void longMessagesAreSplit() {
        String id = knownDevice();
        int action = assigned(id);

        feedback(id, action, "proceeding", "none", "x".repeat(1030));

        assertThat(action(id, action).entries().getLast().messages())
                .extracting(String::length)
                .containsExactly(512, 512, 6);
    }

    @Test
    void tv55TheHistoryShowsTheNewestMessagesFirst() {
        String id = knownDevice();
        int action = assigned(id);
        feedback(id, action, "scheduled", "none", "first");
        feedback(id, action, "proceeding", "none", "second");
        feedback(id, action, "closed", "success", "third");

        assertThat(history(id, action, "2")).containsExactly("third", "second");
        assertThat(history(id, action, "-1")).containsExactly("third", "second", "first");
        assertThat(history(id, action, "1000")).containsExactly("third", "second", "first");
        assertThat(history(id, action, "0")).isNull();
        assertThat(history(id, action, "")).isNull();
        assertThat(deployment(id, action).json().has("actionHistory")).isFalse();
        Answer whole = get(path(id) + "/deploymentBase/" + action + "?actionHistory=5");
        assertThat(whole.json().at("/actionHistory/status").asString()).isEqualTo("FINISHED");
        assertThat(get(path(id) + "/deploymentBase/" + action + "?actionHistory=abc")
                        .status())
                .isEqualTo(400);
    }

    private List<String> history(String id, int action, String asked) {
        JsonNode messages = get(path(id) + "/deploymentBase/" + action + "?actionHistory=" + asked)
                .json()
                .at("/actionHistory/messages");
        if (messages.isMissingNode()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        messages.forEach(message -> texts.add(message.asString()));
        return texts;
    }

    @Test
    void fieldAgentsSendMoreThanIsAsked() {
        String id = knownDevice();
        assertThat(send(
                                "PUT",
                                path(id) + "/configData",
                                bytes(
                                        "{\"id\":\"\",\"time\":\"20140511T121314\",\"status\":{\"result\":{\"finished\":\"success\"},"
                                                + "\"execution\":\"closed\",\"details\":[\"\"]},\"data\":{\"hw_revision\":\"1\"},\"mode\":\"merge\"}"),
                                "Content-Type",
                                "application/json;charset=UTF-8",
                                "Accept",
                                "application/json;charset=UTF-8")
                        .status())
                .isEqualTo(200);
    }
}
