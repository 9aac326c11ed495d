package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** V53 to V60: a device asks for a certificate, somebody outside signs. */
class CertificateVectorsTest extends CosVectors {

    /** P-256, CN robot-1; made for these tests. */
    static final String CSR = "-----BEGIN CERTIFICATE REQUEST-----\n"
            + "MIHvMIGWAgEAMBIxEDAOBgNVBAMMB3JvYm90LTEwWTATBgcqhkjOPQIBBggqhkjO\n"
            + "PQMBBwNCAAS/0Dx1l3IU5pUJ7OGDL52Mqsqtdjf6H+/BRrkhNfPfj4XbITHd3Lv/\n"
            + "UD8UhGIBoYCPDycZvlkIQY9GxFRT8u25oCIwIAYJKoZIhvcNAQkOMRMwETAPBgNV\n"
            + "HREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUCIDdpxFo1Baxdrfic4/PE0Qbv\n"
            + "o5vDjZ6SSRWdOBz1rSjnAiEAhU09/mnhVUfRGldD2Oq+eju6IF9XeE51ZspGhVoI\n"
            + "Jyg=\n"
            + "-----END CERTIFICATE REQUEST-----";

    private static final String C = D + "robot-1/certificate/";

    static String request() {
        return JsonMapper.shared().writeValueAsString(Map.of("csr", CSR + "\n"));
    }

    private static String text(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    @BeforeEach
    void aDevice() {
        robot();
    }

    private void asked() {
        Answer answer = post(C, request());
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Type")).isNull();
    }

    private static String state(String status, String certificate, String ca, String chain) {
        return "{\"status\":\"" + status + "\",\"csr\":" + text(CSR) + ",\"certificate\":" + text(certificate)
                + ",\"ca\":" + text(ca) + ",\"chain\":" + text(chain) + "}";
    }

    @Test
    void v53ADeviceAsks() {
        asked();

        is(get(C), 200, state("pending", "", "", ""));
        JsonNode listed = get(D + "?fields=uid,certificate").json().path(0);
        assertThat(listed.propertyNames()).containsExactly("uid", "certificate");
        assertThat(listed.path("certificate").propertyNames())
                .containsExactly("csr", "certificate", "ca", "chain", "status", "created_at", "updated_at");
    }

    @Test
    void v54WhoIsNotThereIsNotFound() {
        is(post(D + "nobody/certificate/", request()), 404, "{\"detail\":\"Device not found\"}");
        is(get(C), 404, "{\"detail\":\"Device or CSR not found\"}");
    }

    @Test
    void v55ARequestIsChecked() {
        leavesNothingBehind(() -> {
            Answer answer = post(C, "{\"csr\":\"invalid CSR content\"}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("csr").path(0).asString()).startsWith("Invalid CSR format: ");
            is(post(C, "{\"csr\":\"\"}"), 400, "{\"csr\":[\"This field may not be blank.\"]}");
            is(post(C, "{}"), 400, "{\"csr\":[\"This field is required.\"]}");
        });
    }

    /** §8.1: labels, line ends and surroundings that are taken, and those that are not. */
    @Test
    void v55bARequestMayLookInSeveralWays() {
        String oneLine = CSR.replaceAll("(?<=[A-Za-z0-9+/=])\\n(?!-)", "");
        for (String csr : new String[] {
            CSR.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"),
            CSR.replace("\n", "\r\n"),
            "before\n" + CSR + "\nafter",
            oneLine
        }) {
            assertThat(post(C, "{\"csr\":" + text(csr) + "}").status()).as(csr).isEqualTo(202);
        }
        for (String csr : new String[] {
            CSR.replaceAll("-----[A-Z ]+-----\n?", ""),
            CSR.replace("CERTIFICATE REQUEST", "CERTIFICATE"),
            CSR.replace("MIHv", "M*Hv"),
            CSR.replace("\n", "\\n")
        }) {
            assertThat(post(C, "{\"csr\":" + text(csr) + "}").status()).as(csr).isEqualTo(400);
        }
    }

    @Test
    void v56TheSignerSigns() {
        asked();

        Answer answer =
                patch(C, "{\"status\":\"signed\",\"certificate\":\"C\",\"ca\":\"CA\",\"chain\":\"LEAF\\n\\nINT\"}");

        String signed = state("signed", "C", "CA", "LEAF\n\nINT");
        isWithTimes(answer, 200, signed.substring(0, signed.length() - 1) + ",\"updated_at\":\"TS\"}");
        is(get(C), 200, signed);
    }

    @Test
    void v57TheSignersRulesAreBareArrays() {
        asked();
        leavesNothingBehind(() -> {
            is(patch(C, "{\"certificate\":\"X\"}"), 400, "[\"Status must be provided when updating certificate\"]");
            is(
                    patch(C, "{\"certificate\":\"X\",\"status\":\"pending\"}"),
                    400,
                    "[\"Status must be signed or denied when providing certificate\"]");
            is(patch(C, "{\"status\":\"invalid_status\"}"), 400, "[\"Invalid status value\"]");
        });
    }

    @Test
    void v58TheSignerDenies() {
        asked();
        Answer answer = patch(C, "{\"status\":\"denied\",\"detail\":\"x\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).isEqualTo("denied");
    }

    @Test
    void v59WhoAsksAgainStartsAfresh() {
        asked();
        patch(C, "{\"status\":\"signed\",\"certificate\":\"C\",\"ca\":\"CA\",\"chain\":\"LEAF\\n\\nINT\"}");
        String created =
                get(D + "robot-1/").json().at("/certificate/created_at").asString();

        asked();

        is(get(C), 200, state("pending", "", "", ""));
        assertThat(get(D + "robot-1/").json().at("/certificate/created_at").asString())
                .isEqualTo(created);
    }

    @Test
    void v60ACertificateGoesWithItsDevice() {
        asked();
        delete(D + "robot-1/");
        robot();

        is(get(C), 404, "{\"detail\":\"Device or CSR not found\"}");
    }
}
