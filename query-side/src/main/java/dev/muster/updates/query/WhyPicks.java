package dev.muster.updates.query;

import dev.muster.updates.Hardware;
import dev.muster.updates.Versions;
import dev.muster.updates.modes.FeedRollouts.FeedRollout;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.Selection.Candidate;
import dev.muster.updates.modes.Selection.Decision;
import dev.muster.updates.modes.Selection.Install;
import dev.muster.updates.modes.Selection.Lack;
import dev.muster.updates.modes.Selection.Skip;
import dev.muster.updates.modes.Selection.Target;
import dev.muster.updates.modes.Software;
import dev.muster.updates.query.WhyAnswer.Outcome;
import dev.muster.updates.query.WhyAnswer.Rule;
import dev.muster.updates.query.WhyAnswer.Step;
import dev.muster.updates.query.WhyCase.Mode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which software a mode picks for a device and whether it is due, or why it picks none. */
final class WhyPicks {

    /** Of so many rollouts it is said why they are passed over, the newest first. */
    private static final int NAMED_MAX = 3;

    /** Null when the mode says all there is to say. */
    @Nullable
    Step step(Mode mode) {
        Target target = mode.decision().target();
        if (target == null) {
            return none(mode);
        }
        String picked = "It picks " + name(target.software()) + by(mode);
        return new Step(
                Rule.UPDATE_MODE,
                outcome(mode.decision()),
                picked + due(mode.decision(), target, mode.device()) + newer(mode),
                "/releases/" + target.software().release().id());
    }

    /** A software in sentences. */
    static String name(Software software) {
        return software.release().name() + " " + software.version() + " (software " + software.number() + ")";
    }

    private static String name(FeedRollout rollout) {
        return "rollout " + rollout.number() + (rollout.name().isEmpty() ? "" : " '" + rollout.name() + "'");
    }

    private static String by(Mode mode) {
        return mode.candidates().stream()
                .filter(each -> each.lack() == null)
                .map(each -> ", of " + name(each.rollout()))
                .findFirst()
                .orElse("");
    }

    private static Outcome outcome(Decision decision) {
        return switch (decision) {
            case Install ignored -> Outcome.APPLIES;
            case Skip skip ->
                switch (skip.reason()) {
                    case IN_ERROR -> Outcome.BLOCKS;
                    case UP_TO_DATE, NO_TARGET -> Outcome.PASSES;
                };
        };
    }

    private static String due(Decision decision, Target target, Following device) {
        return switch (decision) {
            case Install install ->
                install.forced()
                        ? ": somebody forced it, so it is installed whatever the device has."
                        : ": " + unlike(target.software().version(), device.version());
            case Skip skip ->
                switch (skip.reason()) {
                    case IN_ERROR ->
                        ", but the device's last update failed: nothing is offered until somebody forces it, "
                                + "or it begins by itself.";
                    case UP_TO_DATE, NO_TARGET -> ", which is the version that the device has: nothing is to be done.";
                };
        };
    }

    /** How what the device has differs from what it is to have: only the same text is the same version. */
    private static String unlike(String wanted, @Nullable String has) {
        if (has == null) {
            return "which version the device has is not known.";
        }
        int order = Versions.ORDER.compare(wanted, has);
        if (order > 0) {
            return "the device has " + has + ".";
        }
        return "the device has " + has
                + (order < 0
                        ? ", which is newer; modes do not ask for that."
                        : ", which counts as equal, but only the very same text is the same version.");
    }

    private static String newer(Mode mode) {
        List<Candidate> over =
                mode.candidates().stream().filter(each -> each.lack() != null).toList();
        return over.isEmpty()
                ? ""
                : " Passed over, though newer: " + words(over, mode.device().hardware()) + ".";
    }

    private static @Nullable Step none(Mode mode) {
        Following device = mode.device();
        return switch (device.mode()) {
            case NONE, PINNED -> null;
            case LATEST ->
                WhyModes.step(
                        Outcome.BLOCKS,
                        "It picks nothing: no software fits " + name(device.hardware())
                                + ", or all that does was declared bad.");
            case ASSIGNED -> noneAssigned(mode);
            case ROLLOUT -> noneOfFeed(mode);
        };
    }

    private static @Nullable Step noneAssigned(Mode mode) {
        Lack lack = mode.lackOfAssigned();
        return lack == null
                ? null
                : WhyModes.step(
                        Outcome.BLOCKS,
                        "It picks nothing: what is assigned "
                                + words(lack, mode.device().hardware()) + ".");
    }

    private static @Nullable Step noneOfFeed(Mode mode) {
        Following device = mode.device();
        if (device.feed() == null) {
            return null;
        }
        return mode.candidates().isEmpty()
                ? WhyModes.step(Outcome.PASSES, "It picks nothing: feed '" + device.feed() + "' has no rollout.")
                : WhyModes.step(
                        Outcome.BLOCKS,
                        "It picks nothing: of feed '" + device.feed() + "', "
                                + words(mode.candidates(), device.hardware()) + ".");
    }

    private static String words(List<Candidate> over, Hardware hardware) {
        String named = over.stream()
                .limit(NAMED_MAX)
                .map(each -> name(each.rollout()) + " of "
                        + each.rollout().release().name() + " "
                        + each.rollout().release().version() + " " + words(each.lack(), hardware))
                .collect(Collectors.joining("; "));
        return over.size() <= NAMED_MAX ? named : named + "; and " + (over.size() - NAMED_MAX) + " more";
    }

    private static String words(@Nullable Lack lack, Hardware hardware) {
        return switch (lack) {
            case null -> "can be given";
            case PAUSED -> "is paused";
            case DELETED -> "was deleted";
            case INVALIDATED -> "was declared bad";
            case OTHER_HARDWARE -> "does not fit " + name(hardware);
        };
    }

    private static String name(Hardware hardware) {
        return hardware.equals(Software.UNNAMED)
                ? "a device that does not say which board it is"
                : "board " + hardware.model() + ", revision " + hardware.revision();
    }
}
