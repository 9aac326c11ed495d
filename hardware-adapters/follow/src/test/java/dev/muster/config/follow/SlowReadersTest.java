package dev.muster.config.follow;

import static dev.muster.config.follow.FollowHouse.NET;
import static dev.muster.config.follow.FollowHouse.ROBOT;
import static dev.muster.config.follow.FollowHouse.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream whose reader takes its time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowReadersTest {

    private static final int CHANGES = 40;
    /** Half of the changes are more than the buffers of both sockets hold. */
    private static final int LENGTH = 512 << 10;

    private final FollowHouse house = new FollowHouse(FollowSettings.DEFAULTS.withHeartbeat(Duration.ofMillis(300)));

    @AfterEach
    void close() {
        house.close();
    }

    /** Secrets are opened for each event, so those can be counted. */
    private void wish(int number) {
        house.wish("{}", Map.of("wifi.key", '"' + "x".repeat(LENGTH) + number + '"'));
    }

    @Test
    void areToldTheLatestAndNotAllThereWas() throws Exception {
        wish(0);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(8 << 10);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress("127.0.0.1", house.port()), 10_000);
            String request = "GET " + ROBOT + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                    + "Authorization: " + TOKEN + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> house.metrics.following() == 1);
            for (int i = 1; i <= CHANGES; i++) {
                int looked = house.wishes.asked.get();
                wish(i);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> house.wishes.asked.get() > looked);
            }
            assertThat(house.openers).as("events made").hasSizeLessThan(CHANGES / 2);

            String latest = "id: " + house.wishes.of(NET, new DeviceId("robot")).tag();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = "";
            while (line != null && !line.equals(latest)) {
                line = reader.readLine();
            }
            assertThat(line).as("what it is told once it reads").isEqualTo(latest);
        }
    }
}
