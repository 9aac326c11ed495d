package dev.muster.updates.modes;

import dev.muster.kernel.AggregateCommand;
import dev.muster.updates.ReleaseRef;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * What can be asked of a feed's rollout: while it stands, the devices that follow the feed install its software.
 * Numbers are drawn from {@link dev.muster.updates.NumberCommand.Series#FEED_ROLLOUT}. All but the first refuse an
 * unknown number with {@link dev.muster.updates.UpdatesRefusal#FEED_ROLLOUT_UNKNOWN}.
 */
public sealed interface FeedRolloutCommand extends AggregateCommand {

    /** Longest name and feed, in characters. */
    int TEXT_MAX = 255;

    long number();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "feed-rollout/" + number();
    }

    /**
     * Starts to give software to a feed. Said again with the same content it changes nothing. Too long texts are
     * refused with {@link dev.muster.updates.UpdatesRefusal#FEED_TEXT_INVALID}. That the software is there is for the
     * caller to see ({@link SoftwareShelf#known}).
     *
     * @param name what people call it; may be empty
     * @param feed the feed, matched text by text; may be empty
     * @param software number of the software
     * @param release the release that this software is
     */
    record CreateFeedRollout(long number, String name, String feed, long software, ReleaseRef release)
            implements FeedRolloutCommand {}

    /** It is passed over until it is resumed. Nothing to do when it pauses already. */
    record PauseFeedRollout(long number) implements FeedRolloutCommand {}

    record ResumeFeedRollout(long number) implements FeedRolloutCommand {}

    /** Its devices follow the next newest rollout from now on; what they installed stays. */
    record DeleteFeedRollout(long number) implements FeedRolloutCommand {}
}
