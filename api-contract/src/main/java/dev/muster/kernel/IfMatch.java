package dev.muster.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code If-Match} header (RFC 9110 §13.1.1) as the version a caller has seen. A tag is the version, or the
 * version, a dash and what else the answer depended on: that part is for caches and nobody's to overwrite.
 */
public final class IfMatch {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"?(-?\\d{1,18})(?:-[^\"]*)?\"?");

    private IfMatch() {}

    /** The version, or null for {@code *}. Refuses a missing or foreign value. */
    public static @Nullable Long required(@Nullable String header) {
        if (header == null) {
            throw KernelRefusal.VERSION_REQUIRED.because("This change needs an If-Match header.");
        }
        String text = header.strip();
        if (text.equals("*")) {
            return null;
        }
        Matcher tag = TAG.matcher(text);
        if (!tag.matches()) {
            throw KernelRefusal.VERSION_LOST.because("If-Match " + header + " is no version of this.");
        }
        return Long.valueOf(tag.group(1));
    }
}
