package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** TV-44 to TV-48, TV-54 and TV-55: how feedback is written, and read again. */
class ReportVectorsTest extends DdiVectors {

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
