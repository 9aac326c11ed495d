package dev.muster.updates.bundles;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.muster.updates.Hardware;
import org.jspecify.annotations.Nullable;

/**
 * How a RAUC bundle's {@code compatible} is split into board and revision. The pattern is written with Python's
 * {@code (?P<name>…)}; it is matched at the start of the text, in linear time whatever text and pattern are, so there is no
 * looking ahead or behind, and no going back to groups.
 */
public final class CompatiblePattern {

    private static final String MODEL = "hw_boardname";
    private static final String REVISION = "hw_revision";
    private static final int LENGTH_MAX = 1000;

    private final @Nullable Pattern pattern;
    private final boolean hasRevision;

    private CompatiblePattern(@Nullable Pattern pattern) {
        this.pattern = pattern;
        this.hasRevision = pattern != null && pattern.namedGroups().containsKey(REVISION);
    }

    /** The whole text is the board. */
    public static CompatiblePattern none() {
        return new CompatiblePattern(null);
    }

    /** Throws {@link IllegalArgumentException} that says what is wrong with the pattern; null and blank are none. */
    public static CompatiblePattern of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return none();
        }
        if (text.length() > LENGTH_MAX) {
            throw wrong("has more than %d characters".formatted(LENGTH_MAX));
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw wrong("cannot be used: %s (looking ahead or behind and references to groups are not possible)"
                    .formatted(e.getMessage()));
        }
        if (!pattern.namedGroups().containsKey(MODEL)) {
            throw wrong("has no group (?P<%s>…)".formatted(MODEL));
        }
        return new CompatiblePattern(pattern);
    }

    Hardware hardware(String compatible) {
        if (pattern == null) {
            return new Hardware(compatible, Hardware.ANY);
        }
        Matcher matcher = pattern.matcher(compatible);
        if (!matcher.lookingAt()) {
            return new Hardware(compatible, Hardware.ANY);
        }
        String model = matcher.group(MODEL);
        String revision = hasRevision ? matcher.group(REVISION) : null;
        return new Hardware(
                model == null || model.isEmpty() ? compatible : model,
                revision == null || revision.isEmpty() ? Hardware.ANY : revision);
    }

    private static IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException("muster.bundles.rauc-compatible-pattern " + problem);
    }
}
