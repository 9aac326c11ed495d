package dev.muster.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One capability's refusals are one enum of this kind: code, kind and hint stand beside each other. */
public interface RefusalCode {

    /**
     * What each refusal of such an enum is made of.
     *
     * @param code stable, {@code capability.reason}
     * @param hint what the caller can do about it, or null when nothing can be done
     */
    record Meaning(String code, Refusal.Kind kind, @Nullable String hint) {}

    Meaning meaning();

    /** The stable code, {@code capability.reason}. */
    default String code() {
        return meaning().code();
    }

    default Refused because(String message) {
        return because(message, Map.of());
    }

    default Refused because(String message, Map<String, Object> details) {
        Meaning meaning = meaning();
        return new Refused(new Refusal(meaning.code(), meaning.kind(), message, meaning.hint(), details));
    }
}
