package dev.muster.kernel;

import org.jspecify.annotations.Nullable;

/** Checks at the door: what a request must contain. */
public final class Given {

    private Given() {}

    /** The value, or a refusal that names the missing member. */
    public static <T> T required(@Nullable T value, String member) {
        if (value == null) {
            throw KernelRefusal.INVALID_REQUEST.because("'" + member + "' is missing.");
        }
        return value;
    }
}
