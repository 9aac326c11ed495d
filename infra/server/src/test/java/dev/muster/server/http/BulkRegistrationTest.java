package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Should both sides ever wait for each other again, the time limit ends it: a blocked write has none of its own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkRegistrationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SMALL_BUFFER = 16_384;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Far more goes both ways than the sockets' buffers hold. */
    @Test
    void aClientMaySendAllLinesBeforeItReadsAVerdict() throws IOException {
        int count = 80_000;
        String line = "{\"no-such-member\":\"" + "x".repeat(150) + "\"}\n";

        List<String> verdicts = sentFirst(line.repeat(count));

        assertThat(verdicts).hasSize(count);
        assertThat(verdicts.getFirst()).contains("\"line\":1,", "\"status\":\"refused\"");
        assertThat(verdicts.getLast()).contains("\"line\":" + count + ",");
    }

    @Test
    void theFirstLineThatIsTooManyIsRefusedAndWhatFollowsIsNotRead() throws IOException {
        List<String> verdicts = sentFirst("{\n".repeat(200_010));

        assertThat(verdicts).hasSize(200_001);
        assertThat(verdicts.getLast())
                .contains("\"line\":200001,", "\"code\":\"kernel.invalid-request\"", "at most 200000 lines");
    }

    /** HTTP by hand: a client library would read as soon as something comes. */
    private static List<String> sentFirst(String lines) throws IOException {
        URI base = URI.create(server.baseUrl());
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        String head = "POST /api/v1/devices:bulk HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nAuthorization: Bearer "
                + server.adminToken() + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            try (Stream<String> answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()) {
                return answer.filter(each -> each.startsWith("{")).toList();
            }
        }
    }
}
