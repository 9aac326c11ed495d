package dev.muster.apps.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.query.AppRolloutMembers.End;
import dev.muster.apps.query.AppRolloutMembers.Entry;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rollouts of apps, newest first.
 *
 * @param next cursor of the following page, null on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AppRolloutLines(
        List<AppRolloutView> items, @Nullable String next) {

    /** How a member stands. */
    public enum MemberState {
        /** Its group has not started. */
        WAITING,
        /** It is to have the release and has not answered. */
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED
    }

    /**
     * A device in a rollout.
     *
     * @param group index of its group, from 0
     * @param changedAt when it ended, null while it has not
     * @param message the device's own words, or why; null when there is nothing to say
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AppRolloutMember(
            DeviceId id,
            int group,
            MemberState state,
            @Nullable Instant changedAt,
            @Nullable String message) {

        /**
         * @param reached whether its group has started
         * @param over whether the rollout is over: then for everybody
         */
        static AppRolloutMember of(DeviceId id, Entry entry, boolean reached, boolean over) {
            End end = entry.end();
            if (end == null) {
                MemberState open = reached ? MemberState.RUNNING : MemberState.WAITING;
                return new AppRolloutMember(id, entry.group(), over ? MemberState.CANCELED : open, null, null);
            }
            return new AppRolloutMember(id, entry.group(), stateOf(end.outcome()), end.at(), end.message());
        }

        private static MemberState stateOf(Outcome outcome) {
            return switch (outcome) {
                case SUCCEEDED -> MemberState.SUCCEEDED;
                case FAILED -> MemberState.FAILED;
                case CANCELED -> MemberState.CANCELED;
            };
        }
    }

    /** @param next cursor of the following page, null on the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AppRolloutMemberPage(
            List<AppRolloutMember> items, @Nullable String next) {}
}
