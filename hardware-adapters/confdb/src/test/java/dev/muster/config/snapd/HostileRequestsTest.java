package dev.muster.config.snapd;

import static dev.muster.config.snapd.FakeStore.LAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody's program would send, over a real socket: an answer or the end of the connection, and on it goes. */
@Timeout(120)
class HostileRequestsTest {

    @AutoClose
    private static final ConfdbHouse house = new ConfdbHouse();

    private static byte[] exchange(String request) {
        return new RawSocket(house.path(Generation.V2_74)).exchange(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void stillWorks() {
        assertThat(house.local(Generation.V2_74, "GET", "snaps/x/conf", null).brief())
                .isEqualTo("200 {}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://localhost/v2/confdb/a/b/c%zz HTTP/1.1",
                "GET http://localhost/v2/confdb/a/b/c?constraints={\"a\":1} HTTP/1.1",
                "GET http://[/v2/changes/1 HTTP/1.1",
                "GET //v2/changes/1 HTTP/1.1",
                "GET /v2/../v2/changes/1 HTTP/1.1",
                "GET * HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "CONNECT localhost:80 HTTP/1.1",
                "HEAD /v2/changes/1 HTTP/1.1",
                "GET /v2/changes/1 HTTP/9.9",
                "\u0000\u0001\u0002",
                "GET"
            })
    void oddTargets(String line) {
        byte[] answer = exchange(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        if (answer.length > 0) {
            int status = RawSocket.parsed(answer).status();
            assertThat(status).as(line).isBetween(400, 505);
        }
        stillWorks();
    }

    @Test
    void aTargetWithoutEnd() {
        byte[] answer = exchange("GET /v2/" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        if (answer.length > 0) {
            assertThat(RawSocket.parsed(answer).status()).isBetween(400, 499);
        }
        stillWorks();
    }

    @Test
    void aBodyThatIsLargerThanAllowed() {
        Answer answer = house.local(
                Generation.V2_74, "PUT", "confdb/" + LAB + "/all", "{\"host\":\"" + "x".repeat(3 << 20) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        stillWorks();
    }

    @Test
    void aBodyThatIsDeeperThanAllowed() {
        Answer answer = house.local(
                Generation.V2_74,
                "PUT",
                "confdb/" + LAB + "/all",
                "{\"host\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        assertThat(answer.status()).isEqualTo(400);
        stillWorks();
    }

    @Test
    void aBodyThatIsNoText() {
        byte[] answer = exchange("PUT http://localhost/v2/confdb/" + LAB
                + "/all HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n\u00ff\u00fe{}");
        assertThat(RawSocket.parsed(answer).status()).isEqualTo(400);
    }

    @Test
    void noise() {
        Random random = new Random(17);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[1 + random.nextInt(500)];
            random.nextBytes(bytes);
            String noise = new String(bytes, StandardCharsets.ISO_8859_1);
            exchange("PUT http://localhost/v2/confdb/" + LAB + "/all HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + bytes.length + "\r\n\r\n" + noise);
        }
        stillWorks();
    }
}
