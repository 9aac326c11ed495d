package dev.muster.updates.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.registry.DeviceCommand.Mode;
import dev.muster.updates.Feedback;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReportsTest {

    private static JsonNode json(String text) {
        return Bodies.parsed(Media.JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Feedback feedback(String status) {
        return Reports.feedback(json("{\"status\":" + status + "}"), 50);
    }

    @Test
    void aFullReportIsRead() {
        Feedback said = Reports.feedback(json("""
                        {"timestamp":1627997501890,"status":{"execution":"proceeding",
                         "result":{"finished":"none","progress":{"cnt":2,"of":5}},"code":-3,"details":["a","b"]}}
                        """), 50);

        assertThat(said)
                .isEqualTo(new Feedback(
                        Execution.PROCEEDING,
                        Finished.NONE,
                        2,
                        5,
                        -3,
                        List.of("a", "b", "Device reported status code: -3"),
                        1627997501890L));
    }

    @Test
    void sloppyValuesAreTakenAsMeant() {
        Feedback said = feedback(
                "{\"execution\":\"closed\",\"result\":{\"finished\":\"success\",\"progress\":null},\"code\":\"12\",\"details\":7}");

        assertThat(said.code()).isEqualTo(12);
        assertThat(said.messages()).containsExactly("7", "Device reported status code: 12");
        assertThat(said.done()).isNull();
    }

    @Test
    void rawControlCharactersInTextsAreTaken() {
        assertThat(feedback(
                                "{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"details\":[\"a\nb\u0001\"]}")
                        .messages())
                .containsExactly("a\nb\u0001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"code\":1.5}",
                "{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"code\":4294967296}",
                "{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"code\":1e999999}",
                "{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"code\":[1]}",
                "{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"details\":[{\"a\":1}]}",
                "{\"execution\":1,\"result\":{\"finished\":\"success\"}}",
                "{\"execution\":\"closed\",\"result\":\"success\"}",
                "\"closed\""
            })
    void whatCannotBeMeantIsRefused(String status) {
        assertThatExceptionOfType(DdiFailure.class)
                .isThrownBy(() -> feedback(status))
                .satisfies(e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void aSplitNeverCutsASign() {
        String text = "x".repeat(511) + "😀" + "y";

        List<String> messages = feedback(
                        "{\"execution\":\"closed\",\"result\":{\"finished\":\"none\"},\"details\":[\"" + text + "\"]}")
                .messages();

        assertThat(messages).containsExactly("x".repeat(511), "😀y");
    }

    @Test
    void theWordThatEndsAnActionIsNeverTooLong() {
        String details = String.join(",", Collections.nCopies(59, "\"old\"")) + ",\"newest\"";
        String said = "{\"execution\":\"%s\",\"result\":{\"finished\":\"none\"},\"details\":[" + details + "]}";

        assertThat(feedback(said.formatted("closed")).messages()).hasSize(50).endsWith("newest");
        assertThatExceptionOfType(DdiFailure.class)
                .isThrownBy(() -> feedback(said.formatted("proceeding")))
                .satisfies(e -> assertThat(e.status()).isEqualTo(429));
    }

    @Test
    void attributesComeInThreeModes() {
        Reports.Attributes report =
                Reports.attributes(json("{\"mode\":\"remove\",\"data\":{\"a\":null,\"b\":5,\"c\":true,\"d\":1.50}}"));

        assertThat(report.mode()).isEqualTo(Mode.REMOVE);
        assertThat(report.values())
                .containsEntry("a", null)
                .containsEntry("b", "5")
                .containsEntry("c", "true");
        assertThat(Reports.attributes(json("{\"data\":{\"a\":\"1\"}}")).mode()).isEqualTo(Mode.MERGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "null", "[]", "5", "{\"a\":1} x", "{'a':1}", "{\"a\":}"})
    void whatIsNoObjectIsNotReadable(String body) {
        assertThatExceptionOfType(DdiFailure.class).isThrownBy(() -> json(body));
    }

    @Test
    void depthHasALimit() {
        String deep = "{\"data\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThatExceptionOfType(DdiFailure.class).isThrownBy(() -> json(deep)).satisfies(e -> assertThat(e.status())
                .isEqualTo(400));
        assertThatExceptionOfType(DdiFailure.class).isThrownBy(() -> json("{\"data\":" + "[".repeat(100_000)));
    }

    @Test
    void cborMeansTheSame() {
        byte[] body = Wire.CBOR.writeValueAsBytes(
                Map.of("status", Map.of("execution", "closed", "result", Map.of("finished", "failure"))));

        Feedback said = Reports.feedback(Bodies.parsed(Media.CBOR, body), 50);

        assertThat(said.execution()).isEqualTo(Execution.CLOSED);
        assertThat(said.finished()).isEqualTo(Finished.FAILURE);
        assertThatExceptionOfType(DdiFailure.class)
                .isThrownBy(() -> Bodies.parsed(Media.CBOR, new byte[] {(byte) 0xbf, 0x61}));
    }
}
