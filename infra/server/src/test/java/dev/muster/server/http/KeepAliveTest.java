package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.security.Slice;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Several requests over one connection. Reactor Netty 1.3.7, which Spring Boot 4.1.1 brings, stops reading a connection when a request came
 * before the answer to the one before it was done with (its issue 4361); every browser and every device that keeps its
 * connection meets that sooner or later.
 */
class KeepAliveTest {

    private static final int WAIT_MAX_MILLIS = 10_000;
    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);

    @Test
    void aConnectionGoesOnAfterARequestThatCameEarly() throws IOException {
        try (Slice slice = new Slice();
                Socket socket = new Socket("127.0.0.1", slice.port)) {
            socket.setSoTimeout(WAIT_MAX_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int round = 0; round < 20; round++) {
                socket.getOutputStream().write((request("/api/v1/slow") + request("/api/v1/open")).getBytes(US_ASCII));
                assertThat(answer(in)).contains("slow");
                assertThat(answer(in)).contains("open");
                socket.getOutputStream().write(request("/api/v1/open").getBytes(US_ASCII));
                assertThat(answer(in)).contains("open");
            }
        }
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("an open connection").isNotNegative();
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).as("a length in %s", head).isTrue();
        return new String(in.readNBytes(Integer.parseInt(length.group(1))), US_ASCII);
    }
}
