package dev.muster.overview.query;

import java.time.Duration;

/**
 * How history is told to others.
 *
 * @param heartbeat a live stream says at least something this often
 * @param streamsMax live streams at a time on this node
 * @param markEvery a stream whose filter passes over this many events says how far it is
 * @param behindMax a reader that was up to date and falls this many events behind is cut
 * @param scanMax events that one page of feed or audit looks at
 * @param scanWait how long one page of the feed may take
 * @param patternsMax patterns in one filter
 * @param patternLengthMax characters of all patterns together
 */
public record EventSettings(
        Duration heartbeat,
        int streamsMax,
        long markEvery,
        long behindMax,
        int scanMax,
        Duration scanWait,
        int patternsMax,
        int patternLengthMax) {

    public static final EventSettings DEFAULTS =
            new EventSettings(Duration.ofSeconds(15), 1_000, 1_000, 10_000, 20_000, Duration.ofSeconds(5), 20, 1_000);
}
