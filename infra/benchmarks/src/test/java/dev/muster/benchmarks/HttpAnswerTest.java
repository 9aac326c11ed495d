package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    private static final String FIXED = "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\ncontent-LENGTH: 5\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n";
    private static final String UNCHANGED = "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n";
    private static final String EMPTY = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {FIXED, CHUNKED, UNCHANGED, EMPTY})
    void anAnswerEndsWithItsLastByteAndNotBefore(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        for (int size = 0; size < bytes.length; size++) {
            assertThat(HttpAnswer.end(bytes, size)).as("after %d bytes", size).isEqualTo(-1);
        }
        assertThat(HttpAnswer.end(bytes, bytes.length)).isEqualTo(bytes.length);
    }

    @Test
    void theStatusIsReadFromTheFirstLine() {
        assertThat(HttpAnswer.status(UNCHANGED.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(304);
    }

    @Test
    void aHeaderIsFoundWhateverItsCaseAndOnlyInTheHead() {
        byte[] bytes = "HTTP/1.1 201 Created\r\nMuster-Position:  4711 \r\nContent-Length: 15\r\n\r\n\nin-body: nothing"
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(HttpAnswer.header(bytes, bytes.length, "muster-position")).isEqualTo("4711");
        assertThat(HttpAnswer.header(bytes, bytes.length, "in-body")).isNull();
        assertThat(HttpAnswer.header(bytes, bytes.length, "position")).isNull();
    }
}
