package dev.muster.files;

import dev.muster.kernel.Percent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Conditions and names in the headers of downloads (contract §12, RFC 9110 §13, RFC 6266). */
public final class FileHeaders {

    private static final int NAME_LENGTH_MAX = 78;
    private static final String QUOTED_SIGNS = "()<>@,;:\\\"/[]?= ";

    private FileHeaders() {}

    /** {@code attachment;filename=name}: quoted when it has to be, with its UTF-8 form when it is not plain ASCII. */
    public static String disposition(String fileName) {
        String name = fileName.length() <= NAME_LENGTH_MAX ? fileName : fileName.substring(0, NAME_LENGTH_MAX);
        StringBuilder plain = new StringBuilder(name.length() + 2);
        boolean quoted = false;
        boolean ascii = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            quoted |= QUOTED_SIGNS.indexOf(c) >= 0;
            if (c < 0x20 || c > 0x7e) {
                ascii = false;
                plain.append('_');
            } else if (c == '"' || c == '\\') {
                plain.append('\\').append(c);
            } else {
                plain.append(c);
            }
        }
        String text = "attachment;filename=" + (quoted ? '"' + plain.toString() + '"' : plain.toString());
        return ascii ? text : text + ";filename*=UTF-8''" + Percent.encoded(wellFormed(name));
    }

    private static String wellFormed(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** {@code If-Match}: {@code *} or the hash among them, quoted or not. */
    public static boolean matches(@Nullable String ifMatch, String sha1) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return true;
        }
        for (String each : ifMatch.split(",")) {
            String tag = each.strip();
            if (tag.equals(sha1) || tag.equals('"' + sha1 + '"')) {
                return true;
            }
        }
        return false;
    }

    /** A list of validators, weak or strong; {@code *} is no match here (contract §13). */
    public static boolean names(String header, String etag) {
        for (int at = header.indexOf(etag); at >= 0; at = header.indexOf(etag, at + 1)) {
            int end = at + etag.length();
            boolean starts = at == 0 || " ,/".indexOf(header.charAt(at - 1)) >= 0;
            boolean ends = end == header.length() || " ,".indexOf(header.charAt(end)) >= 0;
            if (starts && ends) {
                return true;
            }
        }
        return false;
    }

    /** {@code If-None-Match}: weak comparison. */
    public static boolean isKnown(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null && (ifNoneMatch.strip().equals("*") || names(ifNoneMatch, etag));
    }

    /** {@code If-Range}: whether the piece the device has is of this very file. */
    public static boolean isSameFile(@Nullable String ifRange, String sha1, Instant storedAt) {
        if (ifRange == null) {
            return true;
        }
        String known = ifRange.strip();
        if (known.equals('"' + sha1 + '"') || known.equals(sha1)) {
            return true;
        }
        if (known.startsWith("\"") || known.startsWith("W/")) {
            return false;
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(known));
            return date.getEpochSecond() >= storedAt.getEpochSecond();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** An HTTP date, to the second. */
    public static String date(Instant instant) {
        return HTTP_DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.US);
}
