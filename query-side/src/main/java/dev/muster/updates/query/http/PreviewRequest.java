package dev.muster.updates.query.http;

import dev.muster.kernel.Given;
import dev.muster.staging.Group;
import dev.muster.updates.ActionType;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.query.RolloutPreview.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout that is only thought of. It takes every member that planning one takes, so the same request serves both;
 * those that decide neither who takes part nor when are passed over.
 */
public record PreviewRequest(
        @Nullable String name,
        @Nullable String releaseId,
        @Nullable String filter,
        @Nullable String feed,
        @Nullable List<GroupRequest> groups,
        @Nullable Integer groupCount,
        @Nullable Double successPercent,
        @Nullable Double errorPercent,
        @Nullable ActionType type,
        @Nullable Instant forcedAt,
        @Nullable Integer weight,
        @Nullable WindowRequest window,
        @Nullable Boolean confirm,
        @Nullable Instant startAt,
        @Nullable Duration timeout,
        @Nullable Boolean approval,
        @Nullable RateRequest rate,
        @Nullable RetryRequest retry,
        @Nullable Duration healthyWithin,
        @Nullable JoiningRequest joining,
        RolloutPolicy.@Nullable Rollback rollback) {

    /** A group that is asked for; meanings as in {@link Group}. */
    public record GroupRequest(
            @Nullable String name,
            @Nullable Double percent,
            @Nullable Double successPercent,
            @Nullable Double errorPercent,
            @Nullable Integer count,
            @Nullable String filter,
            @Nullable Boolean pauseAfter) {

        Group group(int number) {
            return new Group(
                    name == null ? "group-" + number : name,
                    share(),
                    successPercent == null ? 0 : successPercent,
                    errorPercent == null ? 0 : errorPercent,
                    count,
                    filter == null || filter.isBlank() ? null : filter,
                    pauseAfter);
        }

        /** A count stands instead of it; a filter alone means all that it hits. */
        private double share() {
            if (percent == null && count != null) {
                return 0;
            }
            return percent == null && filter != null ? 100 : Given.required(percent, "groups.percent");
        }
    }

    /** Meanings as in {@link RolloutPolicy.Rate}. */
    public record RateRequest(
            @Nullable Integer perMinute,
            @Nullable Double growth,
            @Nullable Integer perMinuteMax) {

        RolloutPolicy.Rate rate() {
            return new RolloutPolicy.Rate(Given.required(perMinute, "rate.perMinute"), growth, perMinuteMax);
        }
    }

    /** Meanings as in {@link RolloutPolicy.Retry}. */
    public record RetryRequest(
            @Nullable Integer times,
            @Nullable Duration after,
            @Nullable Double factor) {}

    /** Meanings as in {@link RolloutPolicy.Joining}. */
    public record JoiningRequest(
            @Nullable Integer groupSize,
            @Nullable Double successPercent,
            @Nullable Double errorPercent) {}

    /** When devices may install. All three or none. */
    public record WindowRequest(
            @Nullable String schedule,
            @Nullable Duration duration,
            @Nullable String zone) {

        MaintenanceWindow window() {
            return new MaintenanceWindow(
                    Given.required(schedule, "window.schedule"),
                    Given.required(duration, "window.duration"),
                    Given.required(zone, "window.zone"));
        }
    }

    Wish wish() {
        return new Wish(
                ReleaseId.parse(Given.required(releaseId, "releaseId")),
                members(),
                planned(),
                weight,
                window == null ? null : window.window(),
                rate == null ? null : rate.rate(),
                joining != null);
    }

    private String members() {
        if (feed == null) {
            return Given.required(filter, "filter");
        }
        if (filter != null) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("Give a filter or a feed, not both.");
        }
        if (!feed.matches("[A-Za-z0-9._-]{1,128}")) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("A feed's name has letters, digits, dot, dash, underscore.");
        }
        return "metadata.feed==" + feed;
    }

    private List<Group> planned() {
        List<Group> planned = new ArrayList<>();
        if (groups != null) {
            for (GroupRequest each : groups) {
                planned.add(each.group(planned.size() + 1));
            }
            return planned;
        }
        int number = groupCount == null ? 1 : groupCount;
        if (number < 1 || number > Group.COUNT_MAX) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("groupCount is 1 to " + Group.COUNT_MAX + ".");
        }
        for (int i = 1; i <= number; i++) {
            planned.add(new Group("group-" + i, 100.0 / number, 0, 0, null, null));
        }
        return planned;
    }
}
