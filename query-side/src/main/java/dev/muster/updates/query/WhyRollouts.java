package dev.muster.updates.query;

import dev.muster.staging.PauseCause;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.GroupState;
import dev.muster.updates.query.WhyAnswer.Outcome;
import dev.muster.updates.query.WhyAnswer.Rule;
import dev.muster.updates.query.WhyAnswer.Step;
import java.time.Instant;
import java.util.List;

/** What a rollout means for a device: as its member, or why it is none. */
final class WhyRollouts {

    Step step(WhyCase.Part part, WhyCase given) {
        RolloutView rollout = part.rollout();
        Integer group = part.group();
        Said said = group == null ? outside(part) : member(part, group, given);
        return new Step(
                Rule.ROLLOUT,
                said.outcome(),
                "Rollout '" + rollout.plan().name() + "' of "
                        + rollout.plan().release().name() + " "
                        + rollout.plan().release().version() + ": " + said.text(),
                "/rollouts/" + rollout.id());
    }

    private record Said(Outcome outcome, String text) {}

    private static Said member(WhyCase.Part part, int group, WhyCase given) {
        RolloutView rollout = part.rollout();
        MemberStatus status = part.status();
        String where = "it is in " + groupName(rollout, group);
        if (status != null) {
            switch (status) {
                case SUCCEEDED -> {
                    return new Said(Outcome.PASSES, where + " and has succeeded.");
                }
                case FAILED -> {
                    return new Said(Outcome.PASSES, where + " and has failed.");
                }
                case CANCELED -> {
                    return new Said(Outcome.PASSES, where + " and was canceled.");
                }
                case RUNNING -> {
                    return given.worksFor(rollout)
                            ? new Said(Outcome.APPLIES, where + " and was offered the release.")
                            : new Said(Outcome.BLOCKS, where + ", has failed, and waits for its next try.");
                }
                default -> {}
            }
        }
        return switch (rollout.state()) {
            case CREATING -> new Said(Outcome.BLOCKS, where + "; its members are still being frozen.");
            case WAITING_FOR_APPROVAL -> new Said(Outcome.BLOCKS, where + "; a second person must agree first.");
            case APPROVAL_DENIED -> new Said(Outcome.BLOCKS, where + "; a second person said no.");
            case READY -> new Said(Outcome.BLOCKS, where + "; it was not started" + starts(rollout, given.now()) + ".");
            case PAUSED -> new Said(Outcome.BLOCKS, where + "; it is paused" + pause(rollout) + ".");
            case RUNNING -> running(rollout, group, where);
            case STOPPED -> new Said(Outcome.PASSES, where + "; it was stopped before the device's turn.");
            case FINISHED ->
                new Said(
                        Outcome.PASSES,
                        where + "; it is over, and the device was passed over: "
                                + "it had the release, was held back or could not take it.");
        };
    }

    private static String starts(RolloutView rollout, Instant now) {
        Instant startAt = rollout.plan().startAt();
        return startAt == null || !startAt.isAfter(now) ? "" : "; it starts by itself at " + startAt;
    }

    private static String pause(RolloutView rollout) {
        PauseCause cause = rollout.pauseCause();
        if (cause == PauseCause.GROUP_SUCCEEDED) {
            RolloutView.Group group = rollout.pausedAfter();
            String which = group == null ? "a group" : "group '" + group.name() + "'";
            return " after " + which + " succeeded, until a person has looked and resumes it";
        }
        return cause == PauseCause.ERROR_THRESHOLD ? " because too many failed" : " by an operator";
    }

    private static Said running(RolloutView rollout, int group, String where) {
        int place = rollout.placeOf(group);
        GroupState state =
                place < 0 ? GroupState.SCHEDULED : rollout.groups().get(place).state();
        return switch (state) {
            case SCHEDULED -> new Said(Outcome.BLOCKS, where + ", which has not started" + gate(rollout, place) + ".");
            case RUNNING ->
                new Said(
                        Outcome.BLOCKS,
                        where + ", which has started; it is offered when its turn comes, unless it has "
                                + "the release or cannot take it.");
            case FINISHED, ERROR ->
                new Said(
                        Outcome.PASSES,
                        where + ", which is through; the device was passed over: it had the release, "
                                + "was held back or could not take it.");
        };
    }

    private static String gate(RolloutView rollout, int place) {
        if (place < 1) {
            return "";
        }
        RolloutView.Group before = rollout.groups().get(place - 1);
        return "; " + before.name() + " before it has " + before.succeeded() + " of " + before.size()
                + " succeeded and needs " + PlanWords.number(before.successPercent()) + " %";
    }

    private static Said outside(WhyCase.Part part) {
        RolloutView rollout = part.rollout();
        List<FilterMiss> misses = part.misses();
        if (misses == null || !misses.isEmpty()) {
            return new Said(Outcome.PASSES, "it is no member. " + WhyReasoning.words(misses));
        }
        if (!part.fits()) {
            return new Said(Outcome.BLOCKS, "it is no member: the release does not fit its hardware.");
        }
        if (rollout.plan().care().retryOf() != null) {
            return new Said(
                    Outcome.PASSES,
                    "it is no member: it did not fail in rollout "
                            + rollout.plan().care().retryOf() + ".");
        }
        return rollout.open()
                ? new Said(Outcome.APPLIES, "it matches and will join.")
                : new Said(
                        Outcome.BLOCKS,
                        "it is no member: it matches now, and did not when the members were frozen at "
                                + rollout.createdAt() + ", or no group took it.");
    }

    private static String groupName(RolloutView rollout, int group) {
        int place = rollout.placeOf(group);
        return place < 0
                ? "group " + (group + 1)
                : "group '" + rollout.groups().get(place).name() + "'";
    }
}
