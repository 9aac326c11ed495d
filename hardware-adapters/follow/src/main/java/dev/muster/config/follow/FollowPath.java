package dev.muster.config.follow;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A path of this wire taken apart by scanning: {@code /registries/devices/{id}/wanted/{account}/{name}[/result]}.
 *
 * @param device decoded
 * @param isResult whether the device tells what became of it
 */
record FollowPath(String device, String account, String name, boolean isResult) {

    private static final String BASE = "/registries/devices/";
    private static final String WANTED = "/wanted/";
    private static final String RESULT = "result";

    /** True for paths that belong to this wire. */
    static boolean serves(String path) {
        if (!path.startsWith(BASE)) {
            return false;
        }
        int end = path.indexOf('/', BASE.length());
        return end > BASE.length() && path.startsWith(WANTED, end);
    }

    /** Takes a served path apart; fails with 404 when nothing is there. */
    static FollowPath of(String path) {
        int end = path.indexOf('/', BASE.length());
        int from = end + WANTED.length();
        int slash = path.indexOf('/', from);
        if (slash < 0) {
            throw FollowFailure.notFound();
        }
        int next = path.indexOf('/', slash + 1);
        boolean result = next >= 0;
        if (result && !path.substring(next + 1).equals(RESULT)) {
            throw FollowFailure.notFound();
        }
        return new FollowPath(
                decoded(path.substring(BASE.length(), end)),
                decoded(path.substring(from, slash)),
                decoded(result ? path.substring(slash + 1, next) : path.substring(slash + 1)),
                result);
    }

    /** Percent-decodes one segment as UTF-8 (RFC 3986 §2.1); fails with 400 when it is not that. */
    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                throw FollowFailure.invalid("The path is not percent-encoded as it should be.");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw FollowFailure.invalid("The path is not percent-encoded as it should be.");
        }
    }
}
