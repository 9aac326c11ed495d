package dev.muster.updates.query.http;

import dev.muster.kernel.Given;
import dev.muster.staging.Group;
import dev.muster.staging.GroupDefaults;
import dev.muster.updates.ActionType;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutFilter;
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
                    GroupDefaults.name(name, number),
                    GroupDefaults.percent(percent, count, filter),
                    successPercent == null ? 0 : successPercent,
                    errorPercent == null ? 0 : errorPercent,
                    count,
                    filter == null || filter.isBlank() ? null : filter,
                    pauseAfter);
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
                RolloutFilter.of(filter, feed),
                planned(),
                weight,
                window == null ? null : window.window(),
                rate == null ? null : rate.rate(),
                joining != null);
    }

    private List<Group> planned() {
        List<Group> planned = new ArrayList<>();
        if (groups != null) {
            for (GroupRequest each : groups) {
                planned.add(each.group(planned.size() + 1));
            }
            return planned;
        }
        int number = GroupDefaults.count(groupCount, UpdatesRefusal.ROLLOUT_INVALID);
        for (int i = 1; i <= number; i++) {
            planned.add(new Group(GroupDefaults.name(null, i), 100.0 / number, 0, 0, null, null));
        }
        return planned;
    }
}
