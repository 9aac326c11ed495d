package dev.muster.updates.query;

import dev.muster.updates.ActionView;
import dev.muster.updates.DeviceView;
import dev.muster.updates.DeviceView.Presence;
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.query.WhyAnswer.Outcome;
import dev.muster.updates.query.WhyAnswer.Rule;
import dev.muster.updates.query.WhyAnswer.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in plain words which rules decided what a device is offered now. Knows nothing but the case at hand. */
final class WhyReasoning {

    private final WhyActions actions;
    private final WhyModes modes = new WhyModes();
    private final WhyRollouts rollouts = new WhyRollouts();

    WhyReasoning(MaintenanceWindows windows) {
        this.actions = new WhyActions(windows);
    }

    WhyAnswer answer(WhyCase given) {
        List<Step> steps = new ArrayList<>();
        steps.add(registered(given));
        steps.add(authenticated(given));
        steps.add(polling(given));
        steps.add(heldBack(given.device()));
        steps.addAll(modes.steps(given));
        steps.addAll(actions.steps(given));
        given.rollouts().forEach(part -> steps.add(rollouts.step(part, given)));
        steps.add(standing(given));
        Step poll = modes.poll(given, actions.poll(given));
        steps.add(poll);
        return new WhyAnswer(given.device().id(), summary(given, steps, poll), List.copyOf(steps));
    }

    private static Step registered(WhyCase given) {
        return new Step(
                Rule.REGISTERED,
                Outcome.PASSES,
                "The device is registered since " + given.device().createdAt() + ".",
                null);
    }

    private static Step authenticated(WhyCase given) {
        DeviceView device = given.device();
        if (device.hasToken() && given.settings().targetToken()) {
            return new Step(Rule.AUTHENTICATED, Outcome.PASSES, "It has a token of its own that is accepted.", null);
        }
        List<String> ways = new ArrayList<>();
        if (given.settings().gatewayToken() && given.settings().gatewayTokenDigest() != null) {
            ways.add("the gateway's token");
        }
        if (given.settings().certificateHeader()) {
            ways.add("a certificate");
        }
        switch (given.settings().trust()) {
            case LAX -> ways.add("no token at all");
            case SETUP -> ways.add("whatever token it brings first");
            case EXTERNAL -> ways.add("a token that the other service accepts");
            case REGISTERED, STRICT -> {}
        }
        return ways.isEmpty()
                ? new Step(
                        Rule.AUTHENTICATED,
                        Outcome.BLOCKS,
                        "It has no token that is accepted, and the settings know no other way for it to prove who it is.",
                        null)
                : new Step(
                        Rule.AUTHENTICATED,
                        Outcome.PASSES,
                        "It has no token of its own; it may come with " + String.join(" or ", ways) + ".",
                        null);
    }

    private static Step polling(WhyCase given) {
        DeviceView device = given.device();
        if (device.presence() == Presence.NEVER_SEEN) {
            return new Step(
                    Rule.POLLING,
                    Outcome.BLOCKS,
                    "It was never heard: nothing can be offered to it until it asks.",
                    null);
        }
        return device.presence() == Presence.OVERDUE
                ? new Step(
                        Rule.POLLING,
                        Outcome.BLOCKS,
                        "It should have asked by now; it was last heard at " + device.lastSeen() + ".",
                        null)
                : new Step(Rule.POLLING, Outcome.PASSES, "It asks in time; last at " + device.lastSeen() + ".", null);
    }

    private static Step heldBack(DeviceView device) {
        return device.heldBack() == null
                ? new Step(Rule.HELD_BACK, Outcome.PASSES, "It is not held back.", null)
                : new Step(
                        Rule.HELD_BACK,
                        Outcome.BLOCKS,
                        "It is held back from rollouts and standing assignments: " + device.heldBack(),
                        null);
    }

    /** The first that matches decides; it gives nothing that the device has or is given already. */
    private static Step standing(WhyCase given) {
        for (WhyCase.Rule rule : given.standing()) {
            if (!rule.hits()) {
                continue;
            }
            String name = "Standing assignment '" + rule.assignment().name() + "' is the first that matches";
            ReleaseRef gives = rule.gives();
            DeviceView device = given.device();
            if (gives == null) {
                return standing(Outcome.BLOCKS, name + "; no release fits the device.");
            }
            String release = gives.name() + " " + gives.version();
            if (is(device.installed(), gives)) {
                return standing(Outcome.PASSES, name + "; it would give " + release + ", which the device has.");
            }
            if (is(device.assigned(), gives)) {
                return standing(Outcome.APPLIES, name + "; " + release + " is being given already.");
            }
            if (device.heldBack() != null) {
                return standing(Outcome.BLOCKS, name + "; it would give " + release + " if the device were let go.");
            }
            return device.updateStatus() == UpdateStatus.ERROR
                    ? standing(
                            Outcome.BLOCKS,
                            name + "; the device failed, so it is left alone until something new is on offer.")
                    : standing(Outcome.APPLIES, name + "; it gives " + release + " as soon as the device changes.");
        }
        return given.standing().isEmpty()
                ? standing(Outcome.PASSES, "There is no standing assignment.")
                : standing(
                        Outcome.PASSES,
                        "None of " + given.standing().size() + " standing assignments matches; '"
                                + given.standing().getFirst().assignment().name() + "': "
                                + words(given.standing().getFirst().misses()));
    }

    private static Step standing(Outcome outcome, String text) {
        return new Step(Rule.STANDING_ASSIGNMENT, outcome, text, null);
    }

    /** The comparisons that keep a device out, in words. */
    static String words(@Nullable List<FilterMiss> misses) {
        if (misses == null) {
            return "its filter cannot be read any more.";
        }
        return String.join("; and ", misses.stream().map(FilterMiss::words).toList()) + ".";
    }

    private static boolean is(@Nullable ReleaseRef known, ReleaseRef release) {
        return known != null && known.id().equals(release.id());
    }

    /**
     * What a poll answers, and the first rule that keeps the device from getting it or anything else. Every device has
     * an update mode; one that nobody chose and that was never used is the last to be blamed.
     */
    private static String summary(WhyCase given, List<Step> steps, Step poll) {
        boolean empty = given.open().isEmpty() && !WhyModes.isOffered(given);
        Step blocking = null;
        Step byDefault = null;
        for (Step each : steps) {
            boolean own = each.rule() == Rule.POLLING || each.rule() == Rule.AUTHENTICATED || empty;
            if (each.outcome() != Outcome.BLOCKS || each == poll || !own) {
                continue;
            }
            if (each.rule() == Rule.UPDATE_MODE && !WhyModes.isUsed(given)) {
                byDefault = byDefault == null ? each : byDefault;
            } else if (blocking == null) {
                blocking = each;
            }
        }
        Step said = blocking == null ? byDefault : blocking;
        return said == null ? poll.text() : poll.text() + " " + said.text();
    }

    /** A name for an action in sentences. */
    static String name(ActionView action) {
        return "Action " + action.action() + " (" + action.release().name() + " "
                + action.release().version() + ", weight " + WhyCase.weight(action) + ")";
    }
}
