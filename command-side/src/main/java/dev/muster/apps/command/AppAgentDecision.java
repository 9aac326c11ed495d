package dev.muster.apps.command;

import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgentCommand;
import dev.muster.apps.AppAgentCommand.EndEnrolment;
import dev.muster.apps.AppAgentCommand.EnrolAgent;
import dev.muster.apps.AppAgentCommand.MoveAgent;
import dev.muster.apps.AppAgentCommand.NoteAgentGone;
import dev.muster.apps.AppAgentCommand.ReportAgentStatus;
import dev.muster.apps.AppAgentCommand.ReportAgentSystem;
import dev.muster.apps.AppAgentCommand.RotateAgentSecret;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppAgentEvent.AgentDisconnected;
import dev.muster.apps.AppAgentEvent.AgentEnrolled;
import dev.muster.apps.AppAgentEvent.AgentMoved;
import dev.muster.apps.AppAgentEvent.AgentSecretRotated;
import dev.muster.apps.AppAgentEvent.AgentStatusChanged;
import dev.muster.apps.AppAgentEvent.AgentSystemReported;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.KernelRefusal;
import java.util.List;
import java.util.regex.Pattern;

/** What follows from a command about a device's agent: an event, none, or a refusal. */
final class AppAgentDecision {

    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private AppAgentDecision() {}

    static List<AppAgentEvent> decide(AppAgentCommand command, AppAgentState state) {
        return switch (command) {
            case EnrolAgent c -> enrolled(c, state);
            case RotateAgentSecret c -> rotated(c, onlyEnrolled(c, state));
            case MoveAgent c ->
                c.project().equals(onlyEnrolled(c, state).project())
                        ? List.of()
                        : List.of(new AgentMoved(c.device(), c.project()));
            case EndEnrolment c -> {
                onlyEnrolled(c, state);
                yield List.of(new EnrolmentEnded(c.device()));
            }
            case ReportAgentStatus c -> reported(c, onlyEnrolled(c, state));
            case NoteAgentGone c -> gone(c, onlyEnrolled(c, state));
            case ReportAgentSystem c -> {
                AgentSystem system = c.system().cut();
                yield system.equals(onlyEnrolled(c, state).system())
                        ? List.of()
                        : List.of(new AgentSystemReported(c.device(), system));
            }
        };
    }

    private static List<AppAgentEvent> enrolled(EnrolAgent c, AppAgentState state) {
        if (!SERIAL.matcher(c.serial()).matches()) {
            throw AppsRefusal.REPORT_INVALID.about("serial", "A serial number is letters, digits and dashes.");
        }
        AgentEnrolled event =
                new AgentEnrolled(c.device(), c.project(), c.key(), c.serial(), c.secretId(), c.account());
        if (state.enrolled() == null) {
            return List.of(event);
        }
        if (state.enrolled().equals(event)) {
            return List.of();
        }
        throw AppsRefusal.AGENT_ENROLLED.because("Device '" + c.device() + "' is enrolled already.");
    }

    private static List<AppAgentEvent> rotated(RotateAgentSecret c, AppAgentState state) {
        if (c.secretId().equals(state.secretId())) {
            return List.of();
        }
        String expected = c.expectedSecretId();
        if (expected != null && !expected.equals(state.secretId())) {
            throw KernelRefusal.VERSION_LOST.because("The secret was replaced by somebody else.");
        }
        return List.of(new AgentSecretRotated(c.device(), c.secretId()));
    }

    private static List<AppAgentEvent> reported(ReportAgentStatus c, AppAgentState state) {
        if (!c.status().isOnline() || c.session() < 1) {
            throw AppsRefusal.REPORT_INVALID.about("status", "That is no status of an agent with a session.");
        }
        boolean same = c.status() == state.status()
                && c.session() == state.session()
                && c.tunnelCapable() == state.tunnelCapable();
        return same
                ? List.of()
                : List.of(new AgentStatusChanged(c.device(), c.status(), c.session(), c.tunnelCapable()));
    }

    /** A late word about a session that another one followed means nothing. */
    private static List<AppAgentEvent> gone(NoteAgentGone c, AppAgentState state) {
        boolean current = state.status().isOnline() && c.session() == state.session();
        return current ? List.of(new AgentDisconnected(c.device(), c.session())) : List.of();
    }

    private static AppAgentState onlyEnrolled(AppAgentCommand c, AppAgentState state) {
        if (state.enrolled() == null) {
            throw AppsRefusal.AGENT_UNKNOWN.because("Device '" + c.device() + "' has no agent.");
        }
        return state;
    }
}
