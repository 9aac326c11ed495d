package dev.muster.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One capability's refusals are one enum of this kind: code, kind and hint stand beside each other. */
public interface RefusalCode {

    /** The stable code, {@code capability.reason}. */
    String code();

    Refusal.Kind kind();

    /** What the caller can do about it, or null when nothing can be done. */
    @Nullable
    String hint();

    default Refused because(String message) {
        return because(message, Map.of());
    }

    default Refused because(String message, Map<String, Object> details) {
        return new Refused(new Refusal(code(), kind(), message, hint(), details));
    }
}
