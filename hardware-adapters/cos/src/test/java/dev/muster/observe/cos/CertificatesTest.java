package dev.muster.observe.cos;

import static dev.muster.observe.cos.CosHouse.D;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.cos.CosHouse.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code devices/<uid>/certificate/} (contract §8). */
class CertificatesTest {

    private static final String C = D + "r/certificate/";
    private static final String CSR = "{\"csr\":\" CERTIFICATE REQUEST\\n\"}";

    private final CosHouse house = new CosHouse();

    @BeforeEach
    void aDevice() {
        house.device("r");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void patched(String body, int status, String expected) {
        Answer answer = house.send("PATCH", C, body);
        assertThat(answer.status()).as(body).isEqualTo(status);
        assertThat(answer.text()).as(body).isEqualTo(expected);
    }

    @Test
    void aDeviceAsksAndReads() {
        assertThat(house.get(C).text()).isEqualTo("{\"detail\":\"Device or CSR not found\"}");

        Answer answer = house.post(C, CSR);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        assertThat(answer.header("Content-Type")).isNull();
        assertThat(house.get(C).text())
                .isEqualTo("{\"status\":\"pending\",\"csr\":\"CERTIFICATE REQUEST\",\"certificate\":\"\",\"ca\":\"\","
                        + "\"chain\":\"\"}");
        assertThat(house.get(D + "r/?fields=certificate").text())
                .isEqualTo("{\"certificate\":{\"csr\":\"CERTIFICATE REQUEST\",\"certificate\":\"\",\"ca\":\"\","
                        + "\"chain\":\"\",\"status\":\"pending\",\"created_at\":\"2026-11-20T09:45:53.513921Z\","
                        + "\"updated_at\":\"2026-11-20T09:45:53.513921Z\"}}");
    }

    @Test
    void whoIsNotThereIsToldSoInThreeWays() {
        assertThat(house.post(D + "x/certificate/", CSR).text()).isEqualTo("{\"detail\":\"Device not found\"}");
        assertThat(house.send("PATCH", D + "x/certificate/", "{}").text())
                .isEqualTo("{\"detail\":\"Device uid not found\"}");
        patched("{}", 404, "{\"detail\":\"Certificate not found\"}");
    }

    @Test
    void aRequestIsChecked() {
        assertThat(house.post(C, "{}").text()).isEqualTo("{\"csr\":[\"This field is required.\"]}");
        assertThat(house.post(C, "{\"csr\":\"\"}").text()).isEqualTo("{\"csr\":[\"This field may not be blank.\"]}");
        assertThat(house.post(C, "{\"csr\":\"x\"}").text())
                .isEqualTo("{\"csr\":[\"Invalid CSR format: No request in there.\"]}");
        assertThat(house.post(C, "{\"csr\":\"CERTIFICATE REQUEST\",\"ca\":null,\"status\":\"zzz\"}")
                        .text())
                .isEqualTo(
                        "{\"ca\":[\"This field may not be null.\"],\"status\":[\"\\\"zzz\\\" is not a valid choice.\"]}");
    }

    @Test
    void theSignersRulesAreBareArrays() {
        house.post(C, CSR);
        patched("{\"certificate\":\"\"}", 400, "[\"Status must be provided when updating certificate\"]");
        patched(
                "{\"certificate\":\"X\",\"status\":\"pending\"}",
                400,
                "[\"Status must be signed or denied when providing certificate\"]");
        patched("{\"status\":\"zzz\"}", 400, "[\"Invalid status value\"]");
        patched("{\"status\":[1]}", 400, "[\"Invalid status value\"]");
        patched("{\"chain\":null}", 400, "{\"chain\":[\"This field may not be null.\"]}");
        patched("[]", 400, "{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}");
        house.observatory.failNext("DecideCertificate", ObserveRefusal.CERTIFICATE_INVALID.because("Too long."));
        patched("{\"chain\":\"C\"}", 400, "[\"Too long.\"]");
    }

    @Test
    void theSignerSaysAPartOrAll() {
        house.post(C, CSR);
        String rest = "\"csr\":\"CERTIFICATE REQUEST\",\"certificate\":\" C \",\"ca\":\"CA\",\"chain\":\"L\\n\\nI\"";
        String body =
                "{\"status\":\"signed\",\"certificate\":\" C \",\"ca\":\"CA\",\"chain\":\"L\\n\\nI\",\"detail\":1}";
        patched(body, 200, "{\"status\":\"signed\"," + rest + ",\"updated_at\":\"2026-11-20T09:45:53.513921Z\"}");
        patched(
                "{\"status\":\"\"}",
                200,
                "{\"status\":\"signed\"," + rest + ",\"updated_at\":\"2026-11-20T09:45:53.513921Z\"}");
        patched(
                "{\"status\":\"denied\"}",
                200,
                "{\"status\":\"denied\"," + rest + ",\"updated_at\":\"2026-11-20T09:45:53.513921Z\"}");
        assertThat(house.send("DELETE", C, null).header("Allow")).isEqualTo("GET, POST, PATCH, HEAD, OPTIONS");
    }
}
