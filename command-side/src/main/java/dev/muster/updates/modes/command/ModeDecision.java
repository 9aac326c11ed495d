package dev.muster.updates.modes.command;

import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.modes.FeedRolloutCommand;
import dev.muster.updates.modes.FollowingCommand.Assigned;
import dev.muster.updates.modes.FollowingCommand.ChooseMode;
import dev.muster.updates.modes.FollowingCommand.Force;
import dev.muster.updates.modes.FollowingCommand.SetFeed;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.modes.FollowingEvent.FeedSet;
import dev.muster.updates.modes.FollowingEvent.ForceSet;
import dev.muster.updates.modes.FollowingEvent.ModeChosen;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.UpdateMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What follows from what people choose for a device. */
final class ModeDecision {

    private ModeDecision() {}

    static List<FollowingEvent> chosen(ChooseMode c, FollowingState state) {
        onlyShort(c.feed());
        ModeChosen event = new ModeChosen(c.deviceId(), c.mode(), feedAfter(c, state), assignedAfter(c, state));
        boolean same = event.mode() == state.mode
                && Objects.equals(event.feed(), state.feed)
                && Objects.equals(event.software(), state.assigned);
        return same ? List.of() : List.of(event);
    }

    /** Only a device that follows a feed keeps one. */
    private static @Nullable String feedAfter(ChooseMode c, FollowingState state) {
        if (c.mode() != UpdateMode.ROLLOUT) {
            return null;
        }
        String feed = c.feed() != null ? c.feed() : state.feed;
        if (feed == null) {
            throw UpdatesRefusal.FEED_MISSING.because("Feed must be set in order to use rollout.");
        }
        return feed;
    }

    private static @Nullable Long assignedAfter(ChooseMode c, FollowingState state) {
        return switch (c.mode()) {
            case ROLLOUT -> null;
            case ASSIGNED ->
                c.assigned() == null ? null : onlyFitting(c.assigned()).software();
            case NONE, LATEST, PINNED -> state.assigned;
        };
    }

    private static Assigned onlyFitting(Assigned assigned) {
        boolean fits = assigned.compatibility().isEmpty()
                ? assigned.hardware().equals(Software.UNNAMED)
                : assigned.compatibility().contains(assigned.hardware());
        if (!fits) {
            throw UpdatesRefusal.SOFTWARE_INCOMPATIBLE.because(
                    "The assigned software is not compatible with the device's hardware.");
        }
        return assigned;
    }

    static List<FollowingEvent> feed(SetFeed c, FollowingState state) {
        onlyShort(c.feed());
        return Objects.equals(c.feed(), state.feed) ? List.of() : List.of(new FeedSet(c.deviceId(), c.feed()));
    }

    static List<FollowingEvent> force(Force c, FollowingState state) {
        return c.force() == state.force ? List.of() : List.of(new ForceSet(c.deviceId(), c.force()));
    }

    private static void onlyShort(@Nullable String feed) {
        if (feed != null && feed.length() > FeedRolloutCommand.TEXT_MAX) {
            throw UpdatesRefusal.FEED_TEXT_INVALID.about(
                    "feed", "The feed has more than " + FeedRolloutCommand.TEXT_MAX + " characters.");
        }
    }
}
