package dev.muster.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whole HTTP/1.1 requests as bytes, made before the clock runs wherever they can be. */
final class Requests {

    private Requests() {}

    /** @param credential value of the Authorization header, or empty for none */
    static byte[] get(String path, String credential) {
        return bytes("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(credential) + "\r\n");
    }

    /** @param position what the answer must be at least as new as */
    static byte[] get(String path, String credential, String position) {
        return bytes("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(credential)
                + "Muster-Min-Position: " + position + "\r\n\r\n");
    }

    /** @param tag what the client has already, in quotes: answered 304 when that is the newest */
    static byte[] getUnless(String path, String credential, String tag) {
        return bytes("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(credential) + "If-None-Match: "
                + tag + "\r\n\r\n");
    }

    static byte[] post(String path, String credential, String json) {
        return sending("POST", path, credential, json);
    }

    static byte[] put(String path, String credential, String json) {
        return sending("PUT", path, credential, json);
    }

    static byte[] patch(String path, String credential, String json) {
        return sending("PATCH", path, credential, json);
    }

    static byte[] putText(String path, String credential, String text) {
        return sending("PUT", path, credential, "text/plain", text);
    }

    private static byte[] sending(String method, String path, String credential, String json) {
        return sending(method, path, credential, "application/json", json);
    }

    private static byte[] sending(String method, String path, String credential, String type, String body) {
        return bytes(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization(credential)
                + "Content-Type: " + type + "\r\nContent-Length: " + bytes(body).length + "\r\n\r\n" + body);
    }

    /** One after the other, for ever, from one thread. */
    static Supplier<byte @Nullable []> inTurn(List<byte[]> requests) {
        byte[][] all = requests.toArray(byte[][]::new);
        int[] next = {0};
        return () -> all[next[0]++ % all.length];
    }

    /** Each of them once. */
    static Supplier<byte @Nullable []> once(List<byte[]> requests) {
        Iterator<byte[]> all = requests.iterator();
        return () -> all.hasNext() ? all.next() : null;
    }

    private static String authorization(String credential) {
        return credential.isEmpty() ? "" : "Authorization: " + credential + "\r\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
