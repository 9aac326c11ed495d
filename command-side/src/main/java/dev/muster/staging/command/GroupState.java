package dev.muster.staging.command;

import dev.muster.staging.Group;
import dev.muster.staging.Tally;

/**
 * A group as decisions know it: its plan, what was judged of it, and its counters.
 *
 * @param chunks how many parts of its members were named
 * @param size its members, 0 until they are all frozen
 * @param started whether its members are being reached
 * @param offered whether all of them were
 * @param succeeded whether it was judged to have succeeded
 * @param failed whether it was judged to have failed, which happens once at most
 */
public record GroupState(
        Group plan,
        int chunks,
        int size,
        boolean started,
        boolean offered,
        boolean succeeded,
        boolean failed,
        int skipped,
        int successes,
        int failures,
        int cancels) {

    static GroupState of(Group plan) {
        return new GroupState(plan, 0, 0, false, false, false, false, 0, 0, 0, 0);
    }

    int ended() {
        return skipped + successes + failures + cancels;
    }

    boolean allEnded() {
        return offered && ended() >= size;
    }

    boolean enoughSucceeded() {
        return offered && (size == 0 || 100.0 * (successes + skipped) / size >= plan.successPercent());
    }

    /** More than the allowed share failed, or everyone has ended and too few succeeded. */
    boolean tooManyFailed() {
        return size > 0 && 100.0 * failures / size > plan.errorPercent() || allEnded() && !enoughSucceeded();
    }

    /** A failed group is passed only when none of its devices is under way any more. */
    boolean passed() {
        return succeeded || failed && allEnded();
    }

    GroupState named(int chunk) {
        return new GroupState(
                plan, chunk + 1, size, started, offered, succeeded, failed, skipped, successes, failures, cancels);
    }

    GroupState sized(int members) {
        return new GroupState(
                plan, chunks, members, started, offered, succeeded, failed, skipped, successes, failures, cancels);
    }

    GroupState begun() {
        return new GroupState(
                plan, chunks, size, true, offered, succeeded, failed, skipped, successes, failures, cancels);
    }

    GroupState offeredTo(int without) {
        return new GroupState(
                plan, chunks, size, started, true, succeeded, failed, without, successes, failures, cancels);
    }

    GroupState plus(Tally tally) {
        return new GroupState(
                plan,
                chunks,
                size,
                started,
                offered,
                succeeded,
                failed,
                skipped,
                successes + tally.succeeded(),
                failures + tally.failed(),
                cancels + tally.canceled());
    }

    GroupState judged(boolean success) {
        return new GroupState(
                plan,
                chunks,
                size,
                started,
                offered,
                succeeded || success,
                failed || !success,
                skipped,
                successes,
                failures,
                cancels);
    }
}
