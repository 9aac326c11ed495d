package dev.muster.observe.query;

import dev.muster.kernel.KernelRefusal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Free text: words that must all occur, in any case and order. */
public final class Words {

    private final List<String> words;

    private Words(List<String> words) {
        this.words = words;
    }

    /** Null or blank is found everywhere. */
    public static Words of(@Nullable String q, ObserveSettings settings) {
        if (q == null || q.isBlank()) {
            return new Words(List.of());
        }
        if (q.length() > settings.textLengthMax()) {
            throw KernelRefusal.INVALID_REQUEST.because("'q' has at most " + settings.textLengthMax() + " characters.");
        }
        return new Words(List.of(q.strip().toLowerCase(Locale.ROOT).split("\\s+")));
    }

    public boolean in(String text) {
        if (words.isEmpty()) {
            return true;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }
}
