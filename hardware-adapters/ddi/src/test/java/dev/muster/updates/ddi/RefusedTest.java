package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.registry.RegistryRefusal;
import dev.muster.updates.ActionCommand.ReportFeedback;
import dev.muster.updates.UpdatesRefusal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device is told when it gets a no. */
class RefusedTest {

    @AutoClose
    private static final House house = new House();

    @AfterEach
    void tidyUp() {
        house.tidyUp();
    }

    static Stream<Arguments> refusals() {
        String code = "hawkbit.server.error.";
        return Stream.of(
                Arguments.of(UpdatesRefusal.ACTION_UNKNOWN, 404, code + "repo.entityNotFound"),
                Arguments.of(UpdatesRefusal.ACTION_CLOSED, 410, null),
                Arguments.of(UpdatesRefusal.ACTION_WAITS_FOR_CONFIRMATION, 404, null),
                Arguments.of(UpdatesRefusal.ACTION_NOT_WAITING, 404, null),
                Arguments.of(UpdatesRefusal.ACTION_NOT_CANCELING, 405, code + "action.notCancelable"),
                Arguments.of(UpdatesRefusal.QUOTA_EXCEEDED, 429, code + "quota.tooManyEntries"),
                Arguments.of(RegistryRefusal.TOO_MANY_ATTRIBUTES, 429, code + "quota.tooManyEntries"),
                Arguments.of(RegistryRefusal.ATTRIBUTES_INVALID, 400, code + "repo.invalidTargetAttributes"),
                Arguments.of(RegistryRefusal.DEVICE_UNKNOWN, 404, code + "repo.entityNotFound"),
                Arguments.of(UpdatesRefusal.AUTO_CONFIRM_ALREADY_ACTIVE, 409, code + "repo.autoConfAlreadyActive"),
                Arguments.of(UpdatesRefusal.NUMBER_OUT_OF_ORDER, 409, code + "repo.concurrentModification"),
                Arguments.of(KernelRefusal.OVERLOADED, 503, null));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalHasItsAnswer(RefusalCode refusal, int status, String code) {
        house.device("refused", null);
        house.refusals.put(ReportFeedback.class, refusal.because("so it is"));

        HttpResponse<byte[]> answer = house.feedback("refused", 1);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (code == null) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(Wire.JSON.readTree(answer.body()).path("errorCode").asString())
                    .isEqualTo(code);
            assertThat(Wire.JSON.readTree(answer.body()).path("message").asString())
                    .isEqualTo("so it is");
        }
    }

    @Test
    void aFaultIsNoReasonForA500() {
        house.device("faulty", null);
        house.refusals.put(ReportFeedback.class, new IllegalStateException("a bug"));

        assertThat(house.feedback("faulty", 1).statusCode()).isEqualTo(503);
    }

    @Test
    void bodiesHaveASize() {
        house.device("big", null);
        byte[] body = new byte[(1 << 20) + 1];

        HttpResponse<byte[]> answer = house.json("PUT", path("big") + "/configData", body);

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void compressedBodiesAreNotRead() {
        house.device("zip", null);

        assertThat(house.json("PUT", path("zip") + "/configData", new byte[] {1}, "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void errorsAreJsonWithThreeMembers() {
        HttpResponse<byte[]> answer = house.get(path("nobody") + "/deploymentBase/1");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(Wire.JSON.readTree(answer.body()).propertyNames())
                .containsExactlyInAnyOrder("errorCode", "exceptionClass", "message");
    }

    @Test
    void everyAnswerTellsItsLength() {
        house.device("length", null);
        for (HttpResponse<byte[]> answer : List.of(
                house.get(path("length")),
                house.get(path("length"), "Accept", "text/html"),
                house.get(path("nobody") + "/configData"),
                house.feedback("length", 1))) {
            assertThat(answer.headers().firstValue("Content-Length")).hasValue(String.valueOf(answer.body().length));
        }
    }
}
