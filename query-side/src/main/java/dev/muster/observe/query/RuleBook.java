package dev.muster.observe.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All rule files of a kind in one document of YAML.
 *
 * @param tag says whether two books say the same
 * @param parts the text, cut where one file ends
 */
public record RuleBook(String tag, List<String> parts) {

    static RuleBook of(List<String> parts) {
        MessageDigest digest = sha256();
        parts.forEach(part -> digest.update(part.getBytes(StandardCharsets.UTF_8)));
        return new RuleBook(HexFormat.of().formatHex(digest.digest()), List.copyOf(parts));
    }

    public String text() {
        return String.join("", parts);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
