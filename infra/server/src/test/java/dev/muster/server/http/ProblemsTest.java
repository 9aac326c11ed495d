package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.kernel.Refusal;
import dev.muster.server.security.Slice;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {

    @AutoClose
    private static Slice slice;

    private static WebTestClient client;

    @BeforeAll
    static void start() {
        slice = new Slice();
        client = slice.client();
    }

    @ParameterizedTest
    @CsvSource({
        "refused, 409, identity.last-admin, false",
        "paced, 429, identity.too-many-attempts, true",
        "collision, 409, kernel.concurrent-change, true",
        "late, 503, kernel.timeout, true",
        "bug, 500, kernel.internal-error, false"
    })
    void everyNoHasItsStatusAndCode(String how, int status, String code, boolean retryable) {
        client.get()
                .uri("/api/v1/fail/" + how)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/docs/problems#" + code)
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.title")
                .isNotEmpty()
                .jsonPath("$.retryable")
                .isEqualTo(retryable);
    }

    @Test
    void refusalsKeepTheirHintAndDetails() {
        client.get()
                .uri("/api/v1/fail/refused")
                .exchange()
                .expectBody()
                .jsonPath("$.hint")
                .isEqualTo("Make another user admin first.")
                .jsonPath("$.details.limit")
                .isEqualTo(1)
                .jsonPath("$.detail")
                .isEqualTo("no");
    }

    @Test
    void whoeverMustWaitIsToldHowLong() {
        client.get().uri("/api/v1/fail/paced").exchange().expectHeader().valueEquals("Retry-After", "7");
        client.get().uri("/api/v1/fail/late").exchange().expectHeader().valueEquals("Retry-After", "1");
        client.get().uri("/api/v1/fail/refused").exchange().expectHeader().doesNotExist("Retry-After");
    }

    @Test
    void aFaultOfOursIsLoggedOnceWithItsTraceAndTellsNothing(CapturedOutput output) {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        byte[] body = client.get()
                .uri("/api/v1/fail/bug")
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .exchange()
                .expectStatus()
                .isEqualTo(500)
                .expectBody()
                .jsonPath("$.traceId")
                .isEqualTo(trace)
                .returnResult()
                .getResponseBody();
        assertThat(new String(body))
                .doesNotContain("hunter2")
                .doesNotContain("IllegalState")
                .doesNotContain("/var");
        assertThat(output.getAll().split("failed, trace " + trace, -1)).hasSize(2);
    }

    @Test
    void aWrongBodyIsPointedAt() {
        post("{\"name\":\"x\",\"parts\":[{\"kind\":\"a\"},{\"kind\":7}]}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("kernel.invalid-request")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/parts/1/kind")
                .jsonPath("$.errors[0].message")
                .isEqualTo("'7' is not a text.");
    }

    @Test
    void aValueThatRefusesItselfKeepsItsCodeAndIsPointedAt() {
        post("{\"name\":\"x\",\"parts\":[{\"kind\":\" \"}]}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("identity.role-unknown")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/parts/0");
    }

    @Test
    void noBodyAndHalfABodyAreRefused() {
        post("").expectStatus().isBadRequest();
        post("{\"name\":")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("");
    }

    @Test
    void aBodyBeyondTheLimitIsTooLarge() {
        post("{\"name\":\"" + "x".repeat(1 << 20) + "\"}")
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void problemsOfHttpItselfHaveCodesToo() {
        String token = slice.token(Permission.values());
        client.put()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("http.method-not-allowed");
        client.post()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(token))
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("http.unsupported-media-type");
        client.get()
                .uri("/api/v1/things/1")
                .headers(it -> it.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The query parameter 'limit' is missing.");
        client.get()
                .uri("/api/v1/things/1?limit=many")
                .headers(it -> it.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The request does not fit at 'limit'.");
    }

    @ParameterizedTest
    @EnumSource(Refusal.Kind.class)
    void everyKindOfNoIsAClientsMatterOrAPause(Refusal.Kind kind) {
        Refusal refusal = new Refusal("x.y", kind, "no", null, Map.of());
        Problem problem = new Problems(HttpSettings.defaults()).of(new dev.muster.kernel.Refused(refusal), "t");
        assertThat(problem.status()).isBetween(400, 503).isNotEqualTo(500);
        assertThat(problem.code()).isEqualTo("x.y");
    }

    private static WebTestClient.ResponseSpec post(String body) {
        return client.post()
                .uri("/api/v1/open")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
