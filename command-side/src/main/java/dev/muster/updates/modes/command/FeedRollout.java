package dev.muster.updates.modes.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.modes.FeedRolloutCommand;
import dev.muster.updates.modes.FeedRolloutCommand.CreateFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.DeleteFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.PauseFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.ResumeFeedRollout;
import dev.muster.updates.modes.FeedRolloutEvent;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutCreated;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutDeleted;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutPaused;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutResumed;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Software that stands in a feed. How its devices fare is not decided here and not counted here: each device tells its
 * own end once, naming the rollout, and whoever wants the sum adds them up – a hundred thousand devices need not queue
 * at one rollout.
 */
public class FeedRollout {

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable FeedRolloutCreated created;
    private boolean paused;
    private boolean deleted;

    protected FeedRollout() {}

    /** Answers whether it is new. */
    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateFeedRollout c) {
        onlyShort(c.name(), "name");
        onlyShort(c.feed(), "feed");
        FeedRolloutCreated event = new FeedRolloutCreated(c.number(), c.name(), c.feed(), c.software(), c.release());
        if (created != null) {
            if (created.equals(event) && !deleted) {
                return false;
            }
            throw UpdatesRefusal.FEED_ROLLOUT_EXISTS.because("There was a rollout " + c.number() + " before.");
        }
        AggregateLifecycle.apply(event);
        return true;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PauseFeedRollout c) {
        onlyStanding(c);
        if (!paused) {
            AggregateLifecycle.apply(new FeedRolloutPaused(c.number()));
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ResumeFeedRollout c) {
        onlyStanding(c);
        if (paused) {
            AggregateLifecycle.apply(new FeedRolloutResumed(c.number()));
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(DeleteFeedRollout c) {
        onlyStanding(c);
        AggregateLifecycle.apply(new FeedRolloutDeleted(c.number()));
    }

    @EventSourcingHandler
    void on(FeedRolloutEvent event) {
        id = "feed-rollout/" + event.number();
        switch (event) {
            case FeedRolloutCreated e -> created = e;
            case FeedRolloutPaused e -> paused = true;
            case FeedRolloutResumed e -> paused = false;
            case FeedRolloutDeleted e -> deleted = true;
        }
    }

    private void onlyStanding(FeedRolloutCommand command) {
        if (created == null || deleted) {
            throw UpdatesRefusal.FEED_ROLLOUT_UNKNOWN.because("No rollout with ID " + command.number() + " found");
        }
    }

    private static void onlyShort(String text, String member) {
        if (text.length() > FeedRolloutCommand.TEXT_MAX) {
            throw UpdatesRefusal.FEED_TEXT_INVALID.about(
                    member, "The " + member + " has more than " + FeedRolloutCommand.TEXT_MAX + " characters.");
        }
    }
}
