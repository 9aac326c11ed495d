package dev.muster.updates;

import dev.muster.kernel.Given;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which devices a rollout is for: a filter over the fleet, or a feed, which is short for one. */
public final class RolloutFilter {

    private static final Pattern FEED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RolloutFilter() {}

    /**
     * RSQL over the fleet, not checked here; refused when both are given or none, or the feed's name is none.
     *
     * @param feed short for the filter {@code metadata.feed==<feed>}
     */
    public static String of(@Nullable String filter, @Nullable String feed) {
        if (feed == null) {
            return Given.required(filter, "filter");
        }
        if (filter != null) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("Give a filter or a feed, not both.");
        }
        if (!FEED.matcher(feed).matches()) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("A feed's name has letters, digits, dot, dash, underscore.");
        }
        return "metadata.feed==" + feed;
    }
}
