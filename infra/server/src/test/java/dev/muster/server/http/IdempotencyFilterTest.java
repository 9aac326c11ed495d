package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.server.security.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Sinks;

class IdempotencyFilterTest {

    private static final String BODY = "{\"name\":\"x\"}";

    @AutoClose
    private static Slice slice;

    private static WebTestClient client;
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        slice = new Slice();
        client = as(slice.token(Permission.values()));
    }

    @BeforeEach
    void reset() {
        slice.sample.made.set(0);
        slice.positions.committed = 41;
    }

    @Test
    void sayingItTwiceChangesNothingAndAnswersTheSame() {
        EntityExchangeResult<byte[]> first = made(post(client, key, BODY));
        slice.positions.committed = 99;
        EntityExchangeResult<byte[]> second = made(post(client, key, BODY));
        assertThat(slice.sample.made).hasValue(1);
        assertThat(second.getResponseBody()).isEqualTo(first.getResponseBody());
        for (String header : new String[] {"Location", "ETag", "Muster-Position", "Content-Type"}) {
            assertThat(second.getResponseHeaders().get(header))
                    .as(header)
                    .isNotNull()
                    .isEqualTo(first.getResponseHeaders().get(header));
        }
        assertThat(first.getResponseHeaders().getFirst("Idempotency-Replayed")).isNull();
        assertThat(second.getResponseHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void anAnswerWithoutABodyIsRepeatedToo() {
        for (int i = 0; i < 2; i++) {
            client.post()
                    .uri("/api/v1/things/nothing")
                    .header("Idempotency-Key", key)
                    .exchange()
                    .expectStatus()
                    .isNoContent()
                    .expectBody()
                    .isEmpty();
        }
        assertThat(slice.sample.made).hasValue(1);
    }

    @Test
    void theIdFollowsFromTheKeyEvenWhenTheAnswerWasLost() {
        String first = new String(made(post(client, key, BODY)).getResponseBody());
        slice.records.values.clear();
        String second = new String(made(post(client, key, BODY)).getResponseBody());
        assertThat(second).isEqualTo(first);
        assertThat(slice.sample.made).hasValue(2);
        String other = new String(
                made(post(client, UUID.randomUUID().toString(), BODY)).getResponseBody());
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void aKeyBelongsToOneRequest() {
        made(post(client, key, BODY));
        post(client, key, "{\"name\":\"y\"}")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("kernel.idempotency-key-reused");
        client.post()
                .uri("/api/v1/things/nothing")
                .header("Idempotency-Key", key)
                .exchange()
                .expectStatus()
                .isEqualTo(422);
        assertThat(slice.sample.made).hasValue(1);
    }

    @Test
    void aKeyBelongsToOneCaller() {
        made(post(client, key, BODY));
        made(post(as(slice.token(Permission.values())), key, "{\"name\":\"z\"}"));
        assertThat(slice.sample.made).hasValue(2);
    }

    @Test
    void whileTheFirstIsRunningTheSecondIsToldSo() throws Exception {
        Sinks.Empty<Void> hold = Sinks.empty();
        Sinks.Empty<Void> before = slice.sample.hold;
        slice.sample.hold = hold;
        try {
            CompletableFuture<EntityExchangeResult<byte[]>> first =
                    CompletableFuture.supplyAsync(() -> made(post(client, key, BODY)));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> hold.currentSubscriberCount() == 1);
            post(client, key, BODY)
                    .expectStatus()
                    .isEqualTo(409)
                    .expectHeader()
                    .exists("Retry-After")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("kernel.idempotency-key-in-use");
            hold.tryEmitEmpty();
            first.get(10, TimeUnit.SECONDS);
        } finally {
            slice.sample.hold = before;
        }
        made(post(client, key, BODY));
        assertThat(slice.sample.made).hasValue(1);
    }

    @Test
    void refusalsAreNotKept() {
        post(client, key, "{}").expectStatus().isBadRequest();
        made(post(client, key, BODY));
        assertThat(slice.sample.made).hasValue(1);
    }

    @Test
    void answersAreKeptForADayAndSealed() {
        slice.records.values.clear();
        slice.records.expiries.clear();
        String secretKey = "key-" + UUID.randomUUID();
        made(post(client, secretKey, BODY));
        assertThat(slice.records.values).hasSize(1);
        slice.records.values.forEach((name, value) -> {
            assertThat(name).doesNotContain(secretKey);
            assertThat(new String(value, UTF_8)).doesNotContain("mst_once_only").doesNotContain("name");
        });
        assertThat(slice.records.expiries.values().iterator().next())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void whatNobodyMayKeepIsNotKept() {
        slice.records.values.clear();
        for (int i = 1; i <= 2; i++) {
            client.post()
                    .uri("/api/v1/things/secret")
                    .header("Idempotency-Key", key)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist("Idempotency-Replayed")
                    .expectBody(String.class)
                    .isEqualTo("secret " + i);
        }
        assertThat(slice.records.values).isEmpty();
    }

    @Test
    void aRecordNobodyCanReadIsNoRecord() {
        made(post(client, key, BODY));
        slice.records.values.replaceAll((name, value) -> new byte[] {1, 2, 3});
        made(post(client, key, BODY));
        assertThat(slice.sample.made).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tab\there", "é"})
    void oddKeysAreRefused(String odd) {
        post(client, odd, BODY).expectStatus().isBadRequest();
        assertThat(slice.sample.made).hasValue(0);
    }

    @Test
    void tooLongAndTwoKeysAreRefused() {
        post(client, "k".repeat(256), BODY).expectStatus().isBadRequest();
        made(post(client, "k".repeat(255), BODY));
        client.post()
                .uri("/api/v1/things")
                .header("Idempotency-Key", "a", "b")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(BODY)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void keysMeanNothingToReadsAndToStrangers() {
        slice.records.values.clear();
        client.get()
                .uri("/api/v1/things")
                .header("Idempotency-Key", key)
                .exchange()
                .expectStatus()
                .isOk();
        slice.client()
                .post()
                .uri("/api/v1/open")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(BODY)
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(slice.records.values).isEmpty();
    }

    @Test
    void aBulkStreamIsRepeatedAsAWhole() {
        String lines = "{\"name\":\"a\"}\n{\"name\":\"b\"}\n";
        String first = bulk(lines);
        String second = bulk(lines);
        assertThat(first).contains("\"a\"").contains("\"b\"");
        assertThat(second).isEqualTo(first);
        assertThat(slice.sample.made).hasValue(2);
    }

    @Test
    void anUploadIsToldByItsPathAndLengthAndNeverHeldInMemory() {
        byte[] bytes = new byte[3 << 20];
        for (int i = 0; i < 2; i++) {
            client.post()
                    .uri("/api/v1/upload?filename=x")
                    .header("Idempotency-Key", key)
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .bodyValue(bytes)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.size")
                    .isEqualTo(bytes.length);
        }
        assertThat(slice.sample.made).hasValue(1);
        client.post()
                .uri("/api/v1/upload?filename=y")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .bodyValue(bytes)
                .exchange()
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void aKeyedBodyBeyondTheLimitIsTooLarge() {
        post(client, key, "{\"name\":\"" + "x".repeat(1 << 20) + "\"}")
                .expectStatus()
                .isEqualTo(413);
        made(post(client, key, BODY));
    }

    private String bulk(String lines) {
        return client.post()
                .uri("/api/v1/things:bulk")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_NDJSON)
                .bodyValue(lines)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private static EntityExchangeResult<byte[]> made(WebTestClient.ResponseSpec response) {
        return response.expectStatus().isCreated().expectBody().returnResult();
    }

    private static WebTestClient.ResponseSpec post(WebTestClient client, String key, String body) {
        return client.post()
                .uri("/api/v1/things")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static WebTestClient as(String token) {
        return slice.client()
                .mutate()
                .defaultHeader("Authorization", "Bearer " + token)
                .build();
    }
}
