package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.server.security.Slice;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class PositionFilterTest {

    @AutoClose
    private static Slice slice;

    private static WebTestClient client;

    @BeforeAll
    static void start() {
        slice = new Slice();
        String token = slice.token(Permission.values());
        client = slice.client()
                .mutate()
                .defaultHeader("Authorization", "Bearer " + token)
                .build();
    }

    @BeforeEach
    void reset() {
        slice.positions.committed = 41;
        slice.positions.folded = 41;
        slice.positions.viewed = 41;
    }

    @Test
    void aWriteThatSucceededTellsItsPosition() {
        client.post()
                .uri("/api/v1/things")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"x\"}")
                .exchange()
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Muster-Position", "41");
        client.delete()
                .uri("/api/v1/things/1")
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("Muster-Position", "41");
    }

    @Test
    void readsAndRefusalsTellNone() {
        client.get().uri("/api/v1/things").exchange().expectHeader().doesNotExist("Muster-Position");
        client.post()
                .uri("/api/v1/things")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .doesNotExist("Muster-Position");
    }

    @Test
    void aReadWaitsForMemoryAndViews() {
        get("41", null).expectStatus().isOk();
        slice.positions.viewed = 40;
        get("41", null).expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
        slice.positions.viewed = 41;
        slice.positions.folded = 40;
        get("41", null).expectStatus().isEqualTo(503);
    }

    @Test
    void aWriteThatBuildsOnAnotherWaitsTooAndDoesNothingWhenItWaitsInVain() {
        write("41").expectStatus().isNoContent();
        slice.positions.folded = 40;
        write("41").expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
        assertThat(slice.positions.waited).isEqualTo(Duration.ofSeconds(2));
    }

    private static WebTestClient.ResponseSpec write(String position) {
        return client.delete()
                .uri("/api/v1/things/1")
                .header("Muster-Min-Position", position)
                .exchange();
    }

    @ParameterizedTest
    @CsvSource({"'', 2", "wait=5, 5", "'respond-async, wait=3', 3", "wait=60, 10", "wait=0, 0", "await=7, 2"})
    void howLongIsTheCallersWishWithinALimit(String prefer, int seconds) {
        get("41", prefer.isEmpty() ? null : prefer).expectStatus().isOk();
        assertThat(slice.positions.waited).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aPositionThatIsNoNumberIsRefused() {
        get("soon", null).expectStatus().isBadRequest();
    }

    private static WebTestClient.ResponseSpec get(String position, String prefer) {
        return client.get()
                .uri("/api/v1/things")
                .header("Muster-Min-Position", position)
                .headers(it -> {
                    if (prefer != null) {
                        it.set("Prefer", prefer);
                    }
                })
                .exchange();
    }
}
