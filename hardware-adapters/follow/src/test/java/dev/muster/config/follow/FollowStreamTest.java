package dev.muster.config.follow;

import static dev.muster.config.follow.FollowHouse.NET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wish as a stream of server-sent events. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FollowStreamTest {

    private static final String END = "the stream is over";

    private final FollowHouse house = new FollowHouse(FollowSettings.DEFAULTS.withHeartbeat(Duration.ofMillis(300)));
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @BeforeEach
    void aStream() throws Exception {
        house.wish("{\"host\":\"a\"}");
        BufferedReader reader = new BufferedReader(new InputStreamReader(house.stream(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("reader").start(() -> {
            try {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                // The house is closed.
            }
            lines.add(END);
        });
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String next(String start) throws InterruptedException {
        while (true) {
            String line = lines.poll(20, TimeUnit.SECONDS);
            assertThat(line).as("a line that starts with '%s'", start).isNotNull();
            if (line.startsWith(start)) {
                return line;
            }
        }
    }

    private String tag() {
        return house.wishes.of(NET, new DeviceId("robot")).tag();
    }

    @Test
    void theFirstEventIsThePresentAndEachChangeIsAnother() throws Exception {
        assertThat(next("id: ")).isEqualTo("id: " + tag());
        assertThat(next("data: ")).isEqualTo("data: {\"tag\":\"" + tag() + "\",\"values\":{\"host\":\"a\"}}");
        house.wish("{\"host\":\"b\"}");
        assertThat(next("id: ")).isEqualTo("id: " + tag());
        assertThat(next("data: ")).contains("\"host\":\"b\"");
    }

    @Test
    void theSameValuesAreNoEvent() throws Exception {
        next("data: ");
        house.wish("{\"host\":\"a\"}");
        assertThat(next(": still")).isNotNull();
        assertThat(lines).noneMatch(line -> line.startsWith("data"));
    }

    @Test
    void saysSomethingNowAndThen() throws Exception {
        next("data: ");
        next(": still here");
        next(": still here");
    }

    @Test
    void endsWithTheRightToRead() throws Exception {
        next("data: ");
        house.tokens.put("robot", "TargetToken another-one");
        assertThat(next(END)).isEqualTo(END);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> house.metrics.following() == 0);
    }

    @Test
    void whoLostTheRightToReadIsNotEvenToldWhatChangesBeforeTheNextHeartbeat() throws Exception {
        next("data: ");
        house.tokens.remove("robot");
        house.wish("{\"host\":\"b\"}");
        String line;
        do {
            line = next("");
            assertThat(line).doesNotContain("\"b\"");
        } while (!line.equals(END));
    }

    @Test
    void endsWithTheServer() throws Exception {
        next("data: ");
        house.handler.close();
        assertThat(next(END)).isEqualTo(END);
    }
}
