package dev.muster.config.follow;

import static dev.muster.config.follow.FollowHouse.NET;
import static dev.muster.config.follow.FollowHouse.ROBOT;
import static dev.muster.config.follow.FollowHouse.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Layer;
import dev.muster.config.SecretsEvent.SecretsRead;
import dev.muster.config.SecretsEvent.Way;
import dev.muster.config.WishOutcomeCommand.ReportWish;
import dev.muster.config.follow.FollowMetrics.PollOutcome;
import dev.muster.identity.Permission;
import dev.muster.registry.DeviceId;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device asks, and what it is told. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FollowWireTest {

    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final DeviceId DEVICE = new DeviceId("robot");

    private final FollowHouse house = new FollowHouse(FollowSettings.DEFAULTS.withFollowers(100, 2));

    @BeforeEach
    void aWish() {
        house.wish("{\"host\":\"a\",\"big\":9007199254740993}");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String tag() {
        return house.wishes.of(NET, DEVICE).tag();
    }

    private void awaitFollowers(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> house.metrics.following() == count);
    }

    @Test
    void isToldWhatItShouldHave() {
        HttpResponse<String> answer = house.get("");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"tag\":\"" + tag() + "\",\"values\":{\"big\":9007199254740993,\"host\":\"a\"}}");
        assertThat(answer.headers().firstValue("ETag")).hasValue('"' + tag() + '"');
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(house.heartbeats.lastHeard(DEVICE)).isNotNull();
    }

    @Test
    void whatItHasIsNotToldAgain() {
        HttpResponse<String> answer = house.get("", IF_NONE_MATCH, '"' + tag() + '"');
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(house.get("", IF_NONE_MATCH, "W/\"x\", W/\"" + tag() + "\"").statusCode())
                .isEqualTo(304);
        assertThat(house.get("", IF_NONE_MATCH, "\"another\"").statusCode()).isEqualTo(200);
        assertThat(house.metrics.polls(PollOutcome.UNCHANGED)).isEqualTo(2);
        assertThat(house.metrics.polls(PollOutcome.TOLD)).isEqualTo(1);
    }

    @Test
    void headIsGetWithoutTheBody() {
        HttpResponse<String> answer = house.send("HEAD", ROBOT, null, "Authorization", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).hasValue('"' + tag() + '"');
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void headIsToldNoAsGetIs() {
        HttpResponse<String> stranger = house.send("HEAD", ROBOT, null);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(house.send("HEAD", ROBOT + "/result", null, "Authorization", TOKEN)
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aPollMayWaitForNews() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = house.later("?wait=30s", IF_NONE_MATCH, '"' + tag() + '"');
        awaitFollowers(1);
        house.wish("{\"host\":\"a\",\"big\":9007199254740993}");
        assertThat(waiting).as("the same values are no news").isNotDone();
        house.wish("{\"host\":\"b\"}");
        HttpResponse<String> answer = waiting.get(10, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"host\":\"b\"");
        awaitFollowers(0);
    }

    @Test
    void aPollThatWaitedInVainIsUnchanged() {
        long began = System.nanoTime();
        HttpResponse<String> answer = house.get("?wait=1", IF_NONE_MATCH, '"' + tag() + '"');
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        awaitFollowers(0);
    }

    @Test
    void whoDoesNotKnowThePresentOneDoesNotWait() {
        assertThat(house.get("?wait=30s").statusCode()).isEqualTo(200);
    }

    @Test
    void whoLosesTheRightWhileWaitingIsNotTold() throws Exception {
        CompletableFuture<HttpResponse<String>> waiting = house.later("?wait=30s", IF_NONE_MATCH, '"' + tag() + '"');
        awaitFollowers(1);
        house.tokens.put("robot", "TargetToken another-one");
        house.wish("{\"host\":\"b\"}");
        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(401);
    }

    @Test
    void thereAreOnlySoManyWhoWait() {
        house.later("?wait=20s", IF_NONE_MATCH, '"' + tag() + '"');
        house.later("?wait=20s", IF_NONE_MATCH, '"' + tag() + '"');
        awaitFollowers(2);
        HttpResponse<String> third = house.get("?wait=20s", IF_NONE_MATCH, '"' + tag() + '"');
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(third.body()).contains("kernel.overloaded");
    }

    @Test
    void whoHangsUpIsWaitedForNoMore() throws Exception {
        String request = "GET " + ROBOT + "?wait=50s HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + TOKEN + "\r\n"
                + IF_NONE_MATCH + ": \"" + tag() + "\"\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", house.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            awaitFollowers(1);
        }
        awaitFollowers(0);
    }

    @Test
    void aStreamForWhichThereIsNoRoomIsToldSo() throws Exception {
        try (InputStream first = house.stream();
                InputStream second = house.stream()) {
            awaitFollowers(2);
            HttpResponse<String> third = house.get("", "Accept", "text/event-stream");
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(third.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(third.body()).contains("kernel.overloaded");
            assertThat(List.of(first.read(), second.read())).containsOnly((int) ':');
        }
    }

    @Test
    void secretsAreOpenedElsewhereAndNotKept() {
        house.wish("{\"host\":\"a\"}", Map.of("wifi.key", "\"hush\""));
        for (int i = 1; i <= 2; i++) {
            HttpResponse<String> answer = house.get("");
            assertThat(answer.body()).contains("\"wifi\":{\"key\":\"hush\"}");
            assertThat(house.openers).hasSize(i).allSatisfy(thread -> assertThat(thread)
                    .startsWith("wish-opener"));
        }
        assertThat(house.get("", IF_NONE_MATCH, '"' + tag() + '"').statusCode()).isEqualTo(304);
        assertThat(house.openers).as("nothing is opened for who has it").hasSize(2);
        assertThat(house.noted).as("its own").isEmpty();
    }

    @Test
    void aTokenOfTheServersNeedsBothRightsAndIsOnRecord() {
        house.wish("{\"host\":\"a\"}", Map.of("wifi.key", "\"hush\""));
        house.bearers.put("reader", Set.of(Permission.CONFIG_READ));
        house.bearers.put("both", Set.of(Permission.CONFIG_READ, Permission.CONFIG_SECRETS));
        assertThat(house.send("GET", ROBOT, null, "Authorization", "Bearer nobody")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> reader = house.send("GET", ROBOT, null, "Authorization", "Bearer reader");
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(reader.body()).contains("config-secrets").doesNotContain("hush");
        HttpResponse<String> both = house.send("GET", ROBOT, null, "Authorization", "bearer both");
        assertThat(both.body()).contains("hush");
        assertThat(house.noted)
                .containsExactly(new SecretsRead(NET, Layer.device(DEVICE), null, List.of("wifi.key"), Way.FOLLOWED));
        assertThat(house.provenances.getFirst()).containsEntry("actor", "token:both");
        assertThat(house.send(
                                "GET",
                                "/registries/devices/unknown/wanted/acme/net",
                                null,
                                "Authorization",
                                "Bearer both")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void nobodyComesInWithoutATokenOfTheDevice() {
        house.tokens.put("other", "TargetToken others-own-token");
        HttpResponse<String> none = house.send("GET", ROBOT, null);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(none.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(house.send("GET", ROBOT, null, "Authorization", "TargetToken others-own-token")
                        .statusCode())
                .isEqualTo(401);
        assertThat(house.send("GET", ROBOT, null, "Authorization", "Basic " + TOKEN)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aRegistryThatIsNotThereIsNotFound() {
        HttpResponse<String> answer =
                house.send("GET", "/registries/devices/robot/wanted/acme/other", null, "Authorization", TOKEN);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("config.no-schema");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/registries/devices/robot/wanted/acme",
                "/registries/devices/robot/wanted/acme/net/more",
                "/registries/devices/robot/wanted/acme/net/result/more"
            })
    void thereIsNothingElse(String path) {
        assertThat(house.send("GET", path, null, "Authorization", TOKEN).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/registries/devices/robot",
                "/registries/devices/robot/v2/registry/acme/net/v",
                "/registries/devices//wanted/acme/net",
                "/registries/register/"
            })
    void otherPathsAreSomebodyElses(String path) {
        assertThat(house.send("GET", path, null).statusCode()).isEqualTo(418);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/registries/devices/ro%62ot/wanted/acme/net?wait=soon",
                "/registries/devices/%ff/wanted/acme/net",
                "/registries/devices/%2F/wanted/acme/net",
                "/registries/devices/robot/wanted/acme/Bad_Name"
            })
    void whatIsMalformedIsRefused(String path) {
        assertThat(house.send("GET", path, null, "Authorization", TOKEN, IF_NONE_MATCH, '"' + tag() + '"')
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void itSaysWhatBecameOfIt() {
        HttpResponse<String> answer = house.send(
                "POST",
                ROBOT + "/result",
                "{\"tag\":\"t1\",\"status\":\"failed\",\"message\":\"no such interface\"}",
                "Authorization",
                TOKEN);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(house.commands).containsExactly(new ReportWish(DEVICE, NET, "t1", false, "no such interface"));
        assertThat(house.provenances.getFirst()).containsEntry("actor", "device:robot");
        assertThat(house.metrics.failed()).isEqualTo(1);
    }

    @Test
    void whoMayOnlyReadCannotSayWhatBecameOfIt() {
        house.bearers.put("reader", Set.of(Permission.CONFIG_READ, Permission.CONFIG_SECRETS));
        house.bearers.put("writer", Set.of(Permission.CONFIG_WRITE));
        String report = "{\"tag\":\"t1\",\"status\":\"failed\"}";
        HttpResponse<String> reader = house.send("POST", ROBOT + "/result", report, "Authorization", "Bearer reader");
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(reader.body()).contains("config-write");
        assertThat(house.commands).isEmpty();
        assertThat(house.send("POST", ROBOT + "/result", report, "Authorization", "Bearer writer")
                        .statusCode())
                .isEqualTo(204);
        assertThat(house.provenances.getFirst()).containsEntry("actor", "token:writer");
        assertThat(house.send("GET", ROBOT, null, "Authorization", "Bearer writer")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"tag\":\"t\"}",
                "{\"tag\":1,\"status\":\"applied\"}",
                "{\"tag\":\"t\",\"status\":\"done\"}",
                "{\"tag\":\"a b\",\"status\":\"applied\"}"
            })
    void aReportThatSaysNothingIsRefused(String body) {
        assertThat(house.send("POST", ROBOT + "/result", body, "Authorization", TOKEN)
                        .statusCode())
                .isEqualTo(400);
        assertThat(house.commands).isEmpty();
    }

    @Test
    void aReportHasAnEnd() {
        String long1 = "{\"tag\":\"t\",\"status\":\"applied\",\"message\":\"" + "x".repeat(20_000) + "\"}";
        assertThat(house.send("POST", ROBOT + "/result", long1, "Authorization", TOKEN)
                        .statusCode())
                .isEqualTo(413);
        assertThat(house.send("GET", ROBOT + "/result", null, "Authorization", TOKEN)
                        .statusCode())
                .isEqualTo(405);
        assertThat(house.send("PUT", ROBOT, "{}", "Authorization", TOKEN).statusCode())
                .isEqualTo(405);
    }
}
