package dev.muster.staging;

import dev.muster.kernel.Given;
import dev.muster.kernel.RefusalCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What counts for groups of which something is left open. Whoever plans and whoever only previews a plan take it from
 * here, so that a preview shows what planning would make.
 */
public final class GroupDefaults {

    /** Share of a group that must succeed before the next one starts. */
    public static final double SUCCESS_PERCENT = 80;
    /** It all pauses when more than this share of a group failed. */
    public static final double ERROR_PERCENT = 20;
    /** Silence after which a device counts as failed. */
    public static final Duration TIMEOUT = Duration.ofHours(24);

    private GroupDefaults() {}

    /** @param number from 1 */
    public static String name(@Nullable String wanted, int number) {
        return wanted == null ? "group-" + number : wanted;
    }

    /**
     * The share of a group's members in percent. A count stands instead of it, which makes it 0; a filter alone means all
     * that it hits. One that has none of the three is refused.
     */
    public static double percent(@Nullable Double wanted, @Nullable Integer count, @Nullable String filter) {
        if (wanted != null) {
            return wanted;
        }
        if (count != null) {
            return 0;
        }
        return filter != null ? 100 : Given.required(wanted, "groups.percent");
    }

    /**
     * How many groups of equal share there are, when they are not named one by one.
     *
     * @param wanted null for one
     * @param invalid says no to a count that is out of bounds
     */
    public static int count(@Nullable Integer wanted, RefusalCode invalid) {
        int count = wanted == null ? 1 : wanted;
        if (count < 1 || count > Group.COUNT_MAX) {
            throw invalid.because("groupCount is 1 to " + Group.COUNT_MAX + ".");
        }
        return count;
    }
}
