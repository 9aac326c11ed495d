package dev.muster.kernel;

import org.jspecify.annotations.Nullable;

/** Reads the {@code If-Match} header (RFC 9110 §13.1.1) as the version a caller has seen. */
public final class IfMatch {

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
        try {
            return Long.valueOf(text.replaceFirst("^W/", "").replaceFirst("^\"(.*)\"$", "$1"));
        } catch (NumberFormatException e) {
            throw KernelRefusal.VERSION_LOST.because("If-Match " + header + " is no version of this.");
        }
    }
}
