package dev.muster.staging.command;

import dev.muster.staging.Group;
import dev.muster.staging.Tally;

/**
 * A group as decisions know it: its plan, how far it is reached, what was judged of it, and how its members ended.
 *
 * @param intake how many members it takes at most while others may still join it; 0 when nobody can
 * @param chunks how many parts of its members were named
 * @param size its members, 0 until they are all frozen; of a group that takes joiners, those that are here
 */
public record GroupState(Group plan, int intake, int chunks, int size, Reach reach, Verdict verdict, Ends ends) {

    /**
     * How far its members are reached, in the order in which they were named.
     *
     * @param started whether its members are being reached
     * @param reached how many of them were
     * @param offered of those reached, who was offered something
     * @param skipped of those reached, who needs nothing
     * @param complete whether all of them were reached, and no one joins any more
     */
    public record Reach(boolean started, int reached, int offered, int skipped, boolean complete) {

        static final Reach NONE = new Reach(false, 0, 0, 0, false);

        Reach begun() {
            return new Reach(true, reached, offered, skipped, complete);
        }

        Reach to(int upTo, int more, int without) {
            return new Reach(started, upTo, offered + more, skipped + without, complete);
        }
    }

    /** Each is said once at most. */
    public record Verdict(boolean succeeded, boolean failed) {

        static final Verdict NONE = new Verdict(false, false);
    }

    /** Members that were reached and have ended. */
    public record Ends(int successes, int failures, int cancels) {

        static final Ends NONE = new Ends(0, 0, 0);

        int all() {
            return successes + failures + cancels;
        }
    }

    static GroupState of(Group plan) {
        return new GroupState(plan, 0, 0, 0, Reach.NONE, Verdict.NONE, Ends.NONE);
    }

    /** One that takes joiners, as many as its plan counts. */
    static GroupState open(Group plan) {
        return new GroupState(plan, plan.count() == null ? 0 : plan.count(), 0, 0, Reach.NONE, Verdict.NONE, Ends.NONE);
    }

    public boolean started() {
        return reach.started();
    }

    /** How many may still join it. */
    int room() {
        return Math.max(0, intake - size);
    }

    /** Whether some of its members, or its completeness, are still to be reported. */
    public boolean waits() {
        return started() && !reach.complete() && (reach.reached() < size || room() == 0);
    }

    int ended() {
        return reach.skipped() + ends.all();
    }

    boolean allEnded() {
        return reach.complete() && ended() >= size;
    }

    /** What shares are of: a group that is still filling is judged as if it were full. */
    private int basis() {
        return Math.max(size, intake);
    }

    boolean enoughSucceeded() {
        boolean reachedAll = reach.complete() || room() > 0 && reach.reached() >= size;
        int done = ends.successes() + reach.skipped();
        return reachedAll && (basis() == 0 || 100.0 * done / basis() >= plan.successPercent());
    }

    /** More than the allowed share failed, or everyone has ended and too few succeeded. */
    boolean tooManyFailed() {
        return basis() > 0 && 100.0 * ends.failures() / basis() > plan.errorPercent()
                || allEnded() && !enoughSucceeded();
    }

    /** A failed group is passed only when none of its devices is under way any more. */
    boolean passed() {
        return verdict.succeeded() || verdict.failed() && allEnded();
    }

    GroupState named(int chunk) {
        return new GroupState(plan, intake, chunk + 1, size, reach, verdict, ends);
    }

    GroupState joined(int chunk, int members) {
        return new GroupState(plan, intake, chunk + 1, size + members, reach, verdict, ends);
    }

    GroupState sized(int members) {
        return new GroupState(plan, intake, chunks, members, reach, verdict, ends);
    }

    GroupState closed() {
        return new GroupState(plan, 0, chunks, size, reach, verdict, ends);
    }

    GroupState begun() {
        return new GroupState(plan, intake, chunks, size, reach.begun(), verdict, ends);
    }

    GroupState reached(int upTo, int offered, int skipped) {
        return new GroupState(plan, intake, chunks, size, reach.to(upTo, offered, skipped), verdict, ends);
    }

    /** The numbers are the whole group's. */
    GroupState completed(int offered, int skipped) {
        Reach all = new Reach(reach.started(), size, offered, skipped, true);
        return new GroupState(plan, intake, chunks, size, all, verdict, ends);
    }

    GroupState plus(Tally tally) {
        Ends more = new Ends(
                ends.successes() + tally.succeeded(),
                ends.failures() + tally.failed(),
                ends.cancels() + tally.canceled());
        return new GroupState(plan, intake, chunks, size, reach, verdict, more);
    }

    GroupState judged(boolean success) {
        Verdict now = new Verdict(verdict.succeeded() || success, verdict.failed() || !success);
        return new GroupState(plan, intake, chunks, size, reach, now, ends);
    }
}
