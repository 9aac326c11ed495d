package dev.muster.staging.command.http;

import org.jspecify.annotations.Nullable;

/**
 * A group that is asked for; meanings as in {@link dev.muster.staging.Group}.
 *
 * @param name default {@code group-<number>}, counted from 1
 * @param percent this, or {@code count}; with neither it is 100 of what the group's own filter hits
 * @param pauseAfter default false
 */
public record GroupRequest(
        @Nullable String name,
        @Nullable Double percent,
        @Nullable Double successPercent,
        @Nullable Double errorPercent,
        @Nullable Integer count,
        @Nullable String filter,
        @Nullable Boolean pauseAfter) {}
