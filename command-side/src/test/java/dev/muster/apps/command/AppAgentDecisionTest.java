package dev.muster.apps.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentStatus;
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
import dev.muster.apps.ProjectKey;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppAgentDecisionTest {

    private static final DeviceId DEVICE = new DeviceId("d");
    private static final EnrolAgent ENROL =
            new EnrolAgent(DEVICE, ProjectKey.MAIN, new AgentKey(3), "c6aa09d3-3dbd-4830-a230-bf75cdd7f149", "s1", 11);
    private static final AgentEnrolled ENROLLED =
            new AgentEnrolled(DEVICE, ProjectKey.MAIN, new AgentKey(3), ENROL.serial(), "s1", 11);
    private static final AppAgentState HERE = state(ENROLLED);

    private static AppAgentState state(AppAgentEvent... events) {
        AppAgentState state = AppAgentState.NONE;
        for (AppAgentEvent event : events) {
            state = state.after(event);
        }
        return state;
    }

    private static List<AppAgentEvent> decide(AppAgentCommand command, AppAgentState state) {
        return AppAgentDecision.decide(command, state);
    }

    @Test
    void isEnrolledOnce() {
        assertThat(decide(ENROL, AppAgentState.NONE)).containsExactly(ENROLLED);
        assertThat(decide(ENROL, HERE)).isEmpty();
        EnrolAgent other = new EnrolAgent(DEVICE, ProjectKey.MAIN, new AgentKey(4), ENROL.serial(), "s2", 11);
        assertRefused(AppsRefusal.AGENT_ENROLLED, () -> decide(other, HERE));
        assertThat(decide(other, state(ENROLLED, new EnrolmentEnded(DEVICE)))).hasSize(1);
    }

    @Test
    void aSerialNumberFitsIntoATopic() {
        EnrolAgent dotted = new EnrolAgent(DEVICE, ProjectKey.MAIN, new AgentKey(3), "a.b", "s1", 11);
        assertRefused(AppsRefusal.REPORT_INVALID, () -> decide(dotted, AppAgentState.NONE));
    }

    @Test
    void aSecretIsReplacedByWhoKnowsWhichOne() {
        assertThat(decide(new RotateAgentSecret(DEVICE, "s2", "s1"), HERE))
                .containsExactly(new AgentSecretRotated(DEVICE, "s2"));
        assertThat(decide(new RotateAgentSecret(DEVICE, "s1", "s1"), HERE)).isEmpty();
        AppAgentState rotated = state(ENROLLED, new AgentSecretRotated(DEVICE, "s2"));
        assertRefused(KernelRefusal.VERSION_LOST, () -> decide(new RotateAgentSecret(DEVICE, "s3", "s1"), rotated));
    }

    @Test
    void heartbeatsAreNoEvents() {
        ReportAgentStatus beat = new ReportAgentStatus(DEVICE, AgentStatus.CONNECTED, 4711, true);
        AgentStatusChanged changed = new AgentStatusChanged(DEVICE, AgentStatus.CONNECTED, 4711, true);
        assertThat(decide(beat, HERE)).containsExactly(changed);
        assertThat(decide(beat, state(ENROLLED, changed))).isEmpty();
        assertThat(decide(new ReportAgentStatus(DEVICE, AgentStatus.EMERGENCY, 4711, true), state(ENROLLED, changed)))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = AgentStatus.class,
            names = {"NEVER_SEEN", "DISCONNECTED"})
    void nobodySaysOfThemselvesThatTheyAreAway(AgentStatus status) {
        assertRefused(
                AppsRefusal.REPORT_INVALID, () -> decide(new ReportAgentStatus(DEVICE, status, 4711, true), HERE));
    }

    /** The contract's G-32. */
    @Test
    void aLateTestamentMeansNothing() {
        AppAgentState again = state(
                ENROLLED,
                new AgentStatusChanged(DEVICE, AgentStatus.CONNECTED, 4711, true),
                new AgentStatusChanged(DEVICE, AgentStatus.CONNECTED, 4712, true));
        assertThat(decide(new NoteAgentGone(DEVICE, 4711), again)).isEmpty();
        AgentDisconnected gone = new AgentDisconnected(DEVICE, 4712);
        assertThat(decide(new NoteAgentGone(DEVICE, 4712), again)).containsExactly(gone);
        assertThat(decide(new NoteAgentGone(DEVICE, 4712), again.after(gone))).isEmpty();
        assertThat(decide(new NoteAgentGone(DEVICE, 4712), HERE)).isEmpty();
    }

    @Test
    void longWordsOfASystemAreCut() {
        ReportAgentSystem report =
                new ReportAgentSystem(DEVICE, new AgentSystem("x".repeat(500), "arm", "v7", "0.20.20"));
        List<AppAgentEvent> events = decide(report, HERE);
        assertThat(events).singleElement().isInstanceOfSatisfying(AgentSystemReported.class, reported -> {
            assertThat(reported.system().os()).hasSize(AgentSystem.TEXT_MAX);
            assertThat(reported.system().architecture()).isEqualTo("armv7");
        });
        assertThat(decide(report, HERE.after(events.getFirst()))).isEmpty();
    }

    @Test
    void movesOnce() {
        ProjectKey two = new ProjectKey(2);
        assertThat(decide(new MoveAgent(DEVICE, two), HERE)).containsExactly(new AgentMoved(DEVICE, two));
        assertThat(decide(new MoveAgent(DEVICE, two), state(ENROLLED, new AgentMoved(DEVICE, two))))
                .isEmpty();
    }

    @Test
    void whoIsNotEnrolledIsUnknown() {
        for (AppAgentCommand command : List.<AppAgentCommand>of(
                new EndEnrolment(DEVICE),
                new MoveAgent(DEVICE, ProjectKey.MAIN),
                new NoteAgentGone(DEVICE, 1),
                new ReportAgentStatus(DEVICE, AgentStatus.CONNECTED, 1, true),
                new RotateAgentSecret(DEVICE, "s", null),
                new ReportAgentSystem(DEVICE, AgentSystem.UNKNOWN))) {
            assertRefused(AppsRefusal.AGENT_UNKNOWN, () -> decide(command, AppAgentState.NONE));
        }
    }
}
