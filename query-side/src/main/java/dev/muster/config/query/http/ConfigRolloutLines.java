package dev.muster.config.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.query.RolloutMembers.End;
import dev.muster.config.query.RolloutMembers.Entry;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rollouts of a registry, newest first.
 *
 * @param next cursor of the following page, null on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConfigRolloutLines(
        List<ConfigRolloutView> items, @Nullable String next) {

    /** How a member stands. */
    public enum MemberState {
        /** Its group has not started. */
        WAITING,
        /** It has the rollout's layer and has not answered. */
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
    public record ConfigRolloutMember(
            DeviceId id,
            int group,
            MemberState state,
            @Nullable Instant changedAt,
            @Nullable String message) {

        /**
         * @param reached whether its group has started
         * @param over whether the rollout is over: then for everybody
         */
        static ConfigRolloutMember of(DeviceId id, Entry entry, boolean reached, boolean over) {
            End end = entry.end();
            if (end == null) {
                MemberState open = reached ? MemberState.RUNNING : MemberState.WAITING;
                return new ConfigRolloutMember(id, entry.group(), over ? MemberState.CANCELED : open, null, null);
            }
            return new ConfigRolloutMember(id, entry.group(), stateOf(end.outcome()), end.at(), end.message());
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
    public record ConfigRolloutMembers(
            List<ConfigRolloutMember> items, @Nullable String next) {}
}
