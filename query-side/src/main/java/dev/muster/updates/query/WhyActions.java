package dev.muster.updates.query;

import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.query.WhyAnswer.Outcome;
import dev.muster.updates.query.WhyAnswer.Rule;
import dev.muster.updates.query.WhyAnswer.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which of a device's open actions is served, why the others wait, and what a poll answers. */
final class WhyActions {

    private final MaintenanceWindows windows;

    WhyActions(MaintenanceWindows windows) {
        this.windows = windows;
    }

    List<Step> steps(WhyCase given) {
        List<Step> steps = new ArrayList<>();
        if (given.open().isEmpty()) {
            steps.add(new Step(Rule.ACTION, Outcome.PASSES, "It has nothing to do: no action is open.", null));
        }
        for (ActionView each : given.open()) {
            steps.add(
                    each == given.open().getFirst()
                            ? current(each, given)
                            : waiting(each, given.open().getFirst()));
        }
        return steps;
    }

    private Step current(ActionView action, WhyCase given) {
        String name = WhyReasoning.name(action) + " is served";
        String why = given.open().size() == 1 ? ", the only one open" : ", the heaviest, and of these the oldest";
        String text = name + why + ". " + meaning(action, given.now());
        return new Step(
                Rule.ACTION, isHeldUp(action, given.now()) ? Outcome.BLOCKS : Outcome.APPLIES, text, link(action));
    }

    private static Step waiting(ActionView action, ActionView current) {
        boolean heavier = WhyCase.weight(current) > WhyCase.weight(action);
        String why = heavier ? "heavier" : "as heavy and older";
        String stopping = action.status() == ActionStatus.CANCELING ? " It is to stop." : "";
        return new Step(
                Rule.ACTION,
                Outcome.BLOCKS,
                WhyReasoning.name(action) + " waits: action " + current.action() + " is " + why + "." + stopping,
                link(action));
    }

    /** What stands between the device and the installation of the action that is served. */
    private boolean isHeldUp(ActionView action, Instant now) {
        boolean closed =
                action.window() != null && !windows.at(action.window(), now).open();
        return closed
                || action.status() == ActionStatus.CANCELING
                || action.status() == ActionStatus.WAIT_FOR_CONFIRMATION;
    }

    private String meaning(ActionView action, Instant now) {
        return switch (action.status()) {
            case CANCELING -> "It is to stop; nothing else is offered until the device says that it did.";
            case WAIT_FOR_CONFIRMATION -> "A person at the device must agree first.";
            case INSTALLED -> "The device says that it installed it; the version it reports must prove it.";
            default -> urgency(action, now) + window(action, now);
        };
    }

    private static String urgency(ActionView action, Instant now) {
        return switch (action.type()) {
            case FORCED -> "It is forced: the device downloads and installs at once.";
            case SOFT -> "It is soft: the device may wait for a good moment.";
            case DOWNLOAD_ONLY -> "The device only downloads.";
            case TIME_FORCED ->
                action.forcedAt() != null && action.forcedAt().isAfter(now)
                        ? "It is soft until " + action.forcedAt() + ", forced from then on."
                        : "It is forced: its time has come.";
        };
    }

    private String window(ActionView action, Instant now) {
        MaintenanceWindow window = action.window();
        if (window == null || action.type() == ActionType.DOWNLOAD_ONLY) {
            return "";
        }
        MaintenanceWindows.Standing standing = windows.at(window, now);
        if (standing.open()) {
            return " Its maintenance window is open until " + standing.closes() + ".";
        }
        return standing.over()
                ? " Its maintenance window never opens again; it is canceled."
                : " It may download, and installs when its maintenance window opens at " + standing.opens() + ".";
    }

    /** What the device is told if it asks now. */
    Step poll(WhyCase given) {
        if (given.open().isEmpty()) {
            return poll(
                    Outcome.PASSES,
                    given.device().attributesRequested()
                            ? "It is told to report its attributes, and nothing else."
                            : "It is told that there is nothing to do.");
        }
        ActionView action = given.open().getFirst();
        String release = action.release().name() + " " + action.release().version();
        return switch (action.status()) {
            case CANCELING -> poll(Outcome.APPLIES, "It is told to stop installing " + release + ".");
            case WAIT_FOR_CONFIRMATION ->
                poll(Outcome.BLOCKS, "It is told that " + release + " waits for a person's consent.");
            case INSTALLED -> poll(Outcome.APPLIES, "It is awaited to report the version of " + release + ".");
            default -> {
                boolean closed = action.window() != null
                        && !windows.at(action.window(), given.now()).open();
                yield poll(
                        closed ? Outcome.BLOCKS : Outcome.APPLIES,
                        closed
                                ? "It is offered " + release + " to download; it may not install now."
                                : "It is offered " + release + ".");
            }
        };
    }

    private static Step poll(Outcome outcome, String text) {
        return new Step(Rule.POLL, outcome, text, null);
    }

    private static String link(ActionView action) {
        return "/devices/" + action.deviceId() + "/actions/" + action.action();
    }
}
