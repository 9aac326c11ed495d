package dev.muster.updates.query;

import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection.Decision;
import dev.muster.updates.modes.Selection.Install;
import dev.muster.updates.modes.UpdateMode;
import dev.muster.updates.query.WhyAnswer.Outcome;
import dev.muster.updates.query.WhyAnswer.Rule;
import dev.muster.updates.query.WhyAnswer.Step;
import dev.muster.updates.query.WhyCase.Elsewhere;
import dev.muster.updates.query.WhyCase.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a device's update mode means for it: which mode it is, what that picks, and how this stands beside its actions.
 * Nobody knows which wire it will ask next, so each sentence says on which it holds.
 */
final class WhyModes {

    private final WhyPicks picks = new WhyPicks();

    List<Step> steps(WhyCase given) {
        Mode mode = given.mode();
        if (mode == null) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        steps.add(mode(mode, given.device().heldBack() != null));
        Step pick = picks.step(mode);
        if (pick != null) {
            steps.add(pick);
        }
        boolean something =
                mode.decision() instanceof Install || !mode.actions().isEmpty();
        if (something && Offers.isToDescribeItself(mode.device())) {
            steps.add(step(
                    Outcome.BLOCKS,
                    "It has not said yet what it is: on gooseBit's paths it is asked for that, and offered nothing."));
            return steps;
        }
        if (!mode.actions().isEmpty()) {
            steps.add(besideActions(mode));
        }
        if (mode.due() != null && !mode.hasPlace()) {
            steps.add(step(
                    Outcome.BLOCKS,
                    "No place is free: at most " + mode.runningMax()
                            + " may be at work at once, so on gooseBit's paths it has to wait."));
        }
        return steps;
    }

    private static Step mode(Mode mode, boolean heldBack) {
        Following device = mode.device();
        String held = heldBack ? " That it is held back does not count for its mode." : "";
        return step(
                givesNothing(device) ? Outcome.BLOCKS : Outcome.PASSES,
                "Its update mode is " + meaning(device)
                        + " Modes count on gooseBit's paths; over DDI v1 only actions are offered." + held);
    }

    /** Whether the mode says all: then there is nothing to pick from. */
    private static boolean givesNothing(Following device) {
        return switch (device.mode()) {
            case PINNED -> true;
            case ROLLOUT -> device.feed() == null;
            case ASSIGNED -> device.assigned() == null;
            case NONE, LATEST -> false;
        };
    }

    private static String meaning(Following device) {
        return switch (device.mode()) {
            case NONE -> "'none': nothing is picked for it.";
            case LATEST -> "'latest': it gets the greatest version that fits its hardware.";
            case PINNED ->
                "'pinned': it stays with what it has" + (device.force() ? "; that it is forced changes nothing." : ".");
            case ROLLOUT ->
                device.feed() == null
                        ? "'rollout', but it follows no feed."
                        : "'rollout': it follows feed '" + device.feed() + "'.";
            case ASSIGNED ->
                device.assigned() == null
                        ? "'assigned', but nothing is assigned to it."
                        : "'assigned': it gets software " + device.assigned() + ".";
        };
    }

    /** Which goes first, the mode or an action. */
    private static Step besideActions(Mode mode) {
        Decision decision = mode.decision();
        Offers.Due due = mode.due();
        String first = name(mode.actions().getFirst());
        if (due != null && due.action() != 0 && Offers.isAtWorkElsewhere(mode.device())) {
            return step(
                    decision instanceof Install ? Outcome.BLOCKS : Outcome.PASSES,
                    "On gooseBit's paths " + nameOf(due.action(), mode)
                            + " goes first: the device is at work on it, and its mode waits.");
        }
        if (decision instanceof Install) {
            return step(
                    Outcome.APPLIES,
                    "On gooseBit's paths its mode goes first: " + first
                            + " waits there until the mode has nothing more for it.");
        }
        if (mode.device().stopped()) {
            return step(
                    Outcome.BLOCKS,
                    "On gooseBit's paths " + first
                            + " is kept from it, too: its last update failed, and nobody forced it since.");
        }
        return due == null
                ? step(
                        Outcome.BLOCKS,
                        "Its mode has nothing for it, and on gooseBit's paths no action can be offered: " + held(mode)
                                + ".")
                : step(
                        Outcome.PASSES,
                        "Its mode has nothing for it, so on gooseBit's paths " + nameOf(due.action(), mode)
                                + " is offered, as number " + FollowingCommand.ELSEWHERE + "."
                                + (held(mode).isEmpty() ? "" : " Not offered there: " + held(mode) + "."));
    }

    private static String held(Mode mode) {
        return mode.actions().stream()
                .filter(each -> each.held() != null)
                .map(each -> name(each) + " " + words(each.held()))
                .collect(Collectors.joining("; "));
    }

    private static String words(Offers.@Nullable Held held) {
        return switch (held) {
            case null -> "can be offered";
            case CANCELING -> "is to stop";
            case WAITING -> "waits for a person's consent";
            case WINDOW_CLOSED -> "waits for its maintenance window";
            case NOT_ONE_FILE -> "is not one single file";
        };
    }

    private static String nameOf(int action, Mode mode) {
        return mode.actions().stream()
                .filter(each -> each.action().action() == action)
                .map(WhyModes::name)
                .findFirst()
                .orElse("action " + action);
    }

    private static String name(Elsewhere each) {
        return "action " + each.action().action() + " ("
                + each.action().release().name() + " " + each.action().release().version() + ")";
    }

    /** Whether its mode is what the device is offered something by, if it asks where modes count. */
    static boolean isOffered(WhyCase given) {
        Mode mode = given.mode();
        Offers.Due offered = mode == null ? null : mode.offered();
        return offered != null && offered.action() == 0;
    }

    /** Whether somebody chose the device's mode, or it has worked by it: then its mode is no mere default. */
    static boolean isUsed(WhyCase given) {
        Mode mode = given.mode();
        return mode != null && (isChosen(mode.device()) || hasWorked(mode.device()));
    }

    private static boolean isChosen(Following device) {
        return device.mode() != UpdateMode.ROLLOUT
                || !FollowingCommand.FEED_DEFAULT.equals(device.feed())
                || device.force();
    }

    private static boolean hasWorked(Following device) {
        return switch (device.state()) {
            case UNKNOWN, REGISTERED -> device.offered() != 0;
            case RUNNING, ERROR, FINISHED -> true;
        };
    }

    /** What the device is told if it asks now; on either wire, where they differ for one that has worked by its mode. */
    Step poll(WhyCase given, Step overDdi) {
        Mode mode = given.mode();
        if (mode == null) {
            return overDdi;
        }
        Offers.Due offered = mode.offered();
        if (offered != null && offered.action() == 0) {
            return poll(
                    Outcome.APPLIES,
                    "On gooseBit's paths it is offered " + WhyPicks.name(offered.software())
                            + ", by its update mode. Over DDI v1: " + overDdi.text());
        }
        if (given.open().isEmpty() || !hasWorked(mode.device())) {
            return overDdi;
        }
        String ddi = "Over DDI v1: " + overDdi.text() + " On gooseBit's paths it is offered ";
        if (offered == null) {
            return poll(overDdi.outcome(), ddi + "nothing.");
        }
        // DDI serves the first one, also while it must wait; the other wire goes on to one that it can offer.
        return offered.action() == given.open().getFirst().action()
                ? overDdi
                : poll(Outcome.APPLIES, ddi + nameOf(offered.action(), mode) + ".");
    }

    private static Step poll(Outcome outcome, String text) {
        return new Step(Rule.POLL, outcome, text, null);
    }

    static Step step(Outcome outcome, String text) {
        return new Step(Rule.UPDATE_MODE, outcome, text, null);
    }
}
