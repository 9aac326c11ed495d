package dev.muster.benchmarks;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of one HTTP/1.1 answer in the bytes read so far. Knows what servers send to GET, PUT and POST: a
 * Content-Length, chunks, or no body at all.
 */
final class HttpAnswer {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);

    private HttpAnswer() {}

    /** How many bytes the answer takes, or -1 while it is not complete. */
    static int end(byte[] bytes, int size) {
        int head = headEnd(bytes, size);
        if (head < 0) {
            return -1;
        }
        int status = status(bytes);
        if (status == 304 || status == 204 || status < 200) {
            return head;
        }
        int length = value(bytes, head, LENGTH);
        if (length >= 0) {
            int end = head + number(bytes, length);
            return end <= size ? end : -1;
        }
        return value(bytes, head, CHUNKED) >= 0 ? chunksEnd(bytes, head, size) : head;
    }

    static int status(byte[] bytes) {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
    }

    /** A header's value, or null; the name is given in lower case. */
    static @Nullable String header(byte[] bytes, int size, String name) {
        int head = headEnd(bytes, size);
        int from = value(bytes, head, (name + ":").getBytes(StandardCharsets.US_ASCII));
        if (from < 0) {
            return null;
        }
        int end = from;
        while (bytes[end] != '\r') {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.US_ASCII).strip();
    }

    private static int headEnd(byte[] bytes, int size) {
        for (int i = 3; i < size; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Where the value of a header begins, or -1. The name is given in lower case with its colon. */
    private static int value(byte[] bytes, int head, byte[] name) {
        for (int i = 0; i + name.length < head; i++) {
            if (bytes[i] == '\n' && startsWith(bytes, i + 1, name)) {
                return i + 1 + name.length;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] == ' ') {
            i++;
        }
        int n = 0;
        while (bytes[i] >= '0' && bytes[i] <= '9') {
            n = n * 10 + bytes[i++] - '0';
        }
        return n;
    }

    private static int chunksEnd(byte[] bytes, int from, int size) {
        int i = from;
        while (true) {
            int n = 0;
            int digit = i < size ? Character.digit(bytes[i], 16) : -1;
            while (digit >= 0) {
                n = n * 16 + digit;
                i++;
                digit = i < size ? Character.digit(bytes[i], 16) : -1;
            }
            // The size line's end, the chunk and its end; the last chunk is empty.
            i += 2 + n + 2;
            if (i > size) {
                return -1;
            }
            if (n == 0) {
                return i;
            }
        }
    }
}
