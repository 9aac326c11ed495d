package dev.muster.updates.query;

import java.time.Duration;

/**
 * How questions are answered.
 *
 * @param overdueGrace how long after its polling interval a silent device is still called online
 * @param filterLengthMax longest filter, in characters
 * @param filterTermsMax most comparisons in one filter
 * @param filterDepthMax deepest nesting of parentheses in a filter
 * @param filterValuesMax most values in one {@code =in=} list
 * @param textLengthMax longest free text, in characters
 * @param textWordsMax most words of free text
 * @param scanMax how long one question may look through the fleet before it is refused
 * @param generationCacheMax how long the name of a serving view collection is remembered
 * @param threads how many threads look through the fleet and read the log for requests
 * @param waitingMax how many such questions may wait for a thread before more are refused
 */
public record QuerySettings(
        Duration overdueGrace,
        int filterLengthMax,
        int filterTermsMax,
        int filterDepthMax,
        int filterValuesMax,
        int textLengthMax,
        int textWordsMax,
        Duration scanMax,
        Duration generationCacheMax,
        int threads,
        int waitingMax) {

    public static final QuerySettings DEFAULTS = new QuerySettings(
            Duration.ofMinutes(5), 4096, 64, 32, 256, 256, 8, Duration.ofSeconds(2), Duration.ofSeconds(1), 4, 256);
}
