package dev.muster.updates.ddi;

import dev.muster.updates.Feedback;
import java.util.concurrent.atomic.LongAdder;

/** Counts what devices do. Plain counters since the start of this node; whoever publishes them reads them at leisure. */
public final class DdiMetrics {

    private final LongAdder[] polls = adders(PollOutcome.values().length);
    private final LongAdder[] feedback = adders(Feedback.Execution.values().length * Feedback.Finished.values().length);
    private final LongAdder flooded = new LongAdder();
    private final LongAdder unauthorized = new LongAdder();
    private final LongAdder downloads = new LongAdder();

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** Polls that had this outcome. */
    public long polls(PollOutcome outcome) {
        return polls[outcome.ordinal()].sum();
    }

    /** Accepted feedback of this kind. */
    public long feedback(Feedback.Execution execution, Feedback.Finished finished) {
        return feedback[index(execution, finished)].sum();
    }

    /** Requests refused by the flood filter. */
    public long flooded() {
        return flooded.sum();
    }

    /** Requests without good credentials. */
    public long unauthorized() {
        return unauthorized.sum();
    }

    /** Downloads begun, ranges included. */
    public long downloads() {
        return downloads.sum();
    }

    void polled(PollOutcome outcome) {
        polls[outcome.ordinal()].increment();
    }

    void reported(Feedback said) {
        feedback[index(said.execution(), said.finished())].increment();
    }

    void floodRefused() {
        flooded.increment();
    }

    void authRefused() {
        unauthorized.increment();
    }

    void downloadBegun() {
        downloads.increment();
    }

    private static int index(Feedback.Execution execution, Feedback.Finished finished) {
        return execution.ordinal() * Feedback.Finished.values().length + finished.ordinal();
    }
}
