package dev.muster.staging;

import org.jspecify.annotations.Nullable;

/**
 * A part of all members that is reached together. It takes a share or a count of them, in order of id, and with a filter
 * of its own only those that the filter hits and no earlier group took.
 *
 * @param name for people
 * @param percent share of all members, or of those its filter hits, above 0 up to 100; 0 with {@code count}. The last
 *     group takes what is left, unless it has a filter or a count
 * @param successPercent share of the group that must succeed before the next group starts, 0 to 100
 * @param errorPercent it all pauses when more than this share of the group failed, 0 to 100
 * @param count so many members instead of a share, or null
 * @param filter RSQL over the fleet that its members match beside the plan's own, or null
 * @param pauseAfter true when everything pauses once it has succeeded, so that a person looks before the next group
 *     starts; never false, but null, as in history from before groups could ask for it
 */
public record Group(
        String name,
        double percent,
        double successPercent,
        double errorPercent,
        @Nullable Integer count,
        @Nullable String filter,
        @Nullable Boolean pauseAfter) {

    /** Groups of one plan. */
    public static final int COUNT_MAX = 500;

    /** Members that one event names. */
    public static final int CHUNK_MAX = 1000;

    public Group {
        // One way to say no: a plan that is sent again, with it spelled out, is the same plan.
        pauseAfter = Boolean.TRUE.equals(pauseAfter) ? true : null;
    }

    /** One after which nobody needs to look. */
    public Group(
            String name,
            double percent,
            double successPercent,
            double errorPercent,
            @Nullable Integer count,
            @Nullable String filter) {
        this(name, percent, successPercent, errorPercent, count, filter, null);
    }

    /** Whether a person looks before the next group starts. */
    public boolean pausesAfter() {
        return pauseAfter != null;
    }
}
