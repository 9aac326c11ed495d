package dev.muster.updates.ddi;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A document's bytes with the headers that belong to them.
 *
 * @param etag strong, quoted, made from the bytes
 */
record Rendered(byte[] body, String etag) {

    static Rendered of(byte[] body) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(body);
            return new Rendered(body, '"' + HexFormat.of().formatHex(sha, 0, 12) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
