package dev.muster.config.follow;

import static dev.muster.config.follow.FollowHouse.NET;
import static dev.muster.config.follow.FollowHouse.ROBOT;
import static dev.muster.config.follow.FollowHouse.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/** A fleet that follows, without the sockets that it would need. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ManyFollowersTest {

    private static final int FOLLOWERS = 1_000;
    private static final int POLLS = 50_000;
    private static final DeviceId DEVICE = new DeviceId("robot");

    private final FollowHouse house = new FollowHouse(FollowSettings.DEFAULTS);

    @AfterEach
    void close() {
        house.close();
    }

    private static MockServerHttpRequest poll(String path, String token, String tag) {
        return MockServerHttpRequest.get(path)
                .header("Authorization", token)
                .header("If-None-Match", '"' + tag + '"')
                .build();
    }

    @Test
    void aThousandWhoWaitGetAChangeEachWhole() throws Exception {
        house.wish("{\"host\":\"a\"}");
        String before = house.wishes.of(NET, DEVICE).tag();
        CountDownLatch answered = new CountDownLatch(FOLLOWERS);
        List<MockServerHttpResponse> responses = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            String device = "robot-" + i;
            house.tokens.put(device, "TargetToken token-of-" + i);
            MockServerHttpResponse response = new MockServerHttpResponse();
            responses.add(response);
            var unused = house.handler
                    .handle(
                            poll(
                                    "/registries/devices/" + device + "/wanted/acme/net?wait=60s",
                                    "TargetToken token-of-" + i,
                                    before),
                            response)
                    .subscribe(done -> {}, failure -> {}, answered::countDown);
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> house.metrics.following() == FOLLOWERS);
        house.wish("{\"host\":\"b\"}");
        assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
        String after = house.wishes.of(NET, DEVICE).tag();
        String body = "{\"tag\":\"" + after + "\",\"values\":{\"host\":\"b\"}}";
        assertThat(responses).allSatisfy(response -> {
            assertThat(response.getHeaders().getFirst("ETag")).isEqualTo('"' + after + '"');
            assertThat(response.getBodyAsString().block(Duration.ofSeconds(5))).isEqualTo(body);
        });
        assertThat(house.metrics.following()).isZero();
    }

    @Test
    void tenThousandUnchangedPollsASecondAreNoTrouble() {
        house.wish("{\"host\":\"a\"}");
        MockServerHttpRequest request =
                poll(ROBOT, TOKEN, house.wishes.of(NET, DEVICE).tag());
        for (int i = 0; i < POLLS / 5; i++) {
            assertUnchanged(request);
        }
        long began = System.nanoTime();
        for (int i = 0; i < POLLS; i++) {
            assertUnchanged(request);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("%d unchanged polls in %.2f s on one thread%n", POLLS, seconds);
        assertThat(POLLS / seconds).isGreaterThan(10_000);
    }

    private void assertUnchanged(MockServerHttpRequest request) {
        MockServerHttpResponse response = new MockServerHttpResponse();
        house.handler.handle(request, response).block(Duration.ofSeconds(5));
        if (!Objects.equals(response.getStatusCode(), HttpStatus.NOT_MODIFIED)) {
            throw new AssertionError("answered " + response.getStatusCode());
        }
    }
}
