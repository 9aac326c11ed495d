package dev.muster.updates;

import dev.muster.kernel.AggregateCommand;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Wire protocols want small integers; they are drawn in blocks, so that no two nodes ever draw the same. */
public sealed interface NumberCommand extends AggregateCommand {

    Series series();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "numbers/" + series();
    }

    /** Answers {@link NumberEvent.NumbersReserved}. */
    record ReserveNumbers(Series series, int count) implements NumberCommand {}

    /**
     * What is numbered. Actions and rollouts of feeds stay within a positive int32; modules within an int64; what agents of apps know by
     * number within what JSON carries exactly.
     */
    enum Series {
        ACTION,
        APP,
        APP_RELEASE,
        APP_AGENT,
        APP_PROJECT,
        APP_ACCOUNT,
        FEED_ROLLOUT,
        MODULE;

        /** The largest number there may be. */
        public long top() {
            return switch (this) {
                case ACTION, FEED_ROLLOUT -> Integer.MAX_VALUE;
                case MODULE -> Long.MAX_VALUE;
                case APP, APP_RELEASE, APP_AGENT, APP_PROJECT, APP_ACCOUNT -> 1L << 53;
            };
        }
    }
}
