package dev.muster.observe.query;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All rule files of a kind in one document of YAML.
 *
 * @param tag says whether two books say the same
 * @param bytes the text in UTF-8, made once for everyone who asks; nobody changes them
 */
public record RuleBook(String tag, byte[] bytes) {

    static RuleBook of(List<String> parts) {
        ByteArrayOutputStream book = new ByteArrayOutputStream(
                parts.stream().mapToInt(String::length).sum());
        parts.forEach(part -> book.writeBytes(part.getBytes(StandardCharsets.UTF_8)));
        byte[] bytes = book.toByteArray();
        return new RuleBook(HexFormat.of().formatHex(sha256().digest(bytes)), bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
