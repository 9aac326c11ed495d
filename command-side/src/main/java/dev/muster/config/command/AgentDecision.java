package dev.muster.config.command;

import dev.muster.config.AgentCommand;
import dev.muster.config.AgentCommand.RegisterAgent;
import dev.muster.config.AgentCommand.RemoveAgent;
import dev.muster.config.AgentCommand.ReportConfig;
import dev.muster.config.AgentEvent;
import dev.muster.config.AgentEvent.AgentRegistered;
import dev.muster.config.AgentEvent.AgentRemoved;
import dev.muster.config.AgentEvent.ConfigReported;
import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.command.AgentState.Present;
import java.util.List;

/** What follows from a command about an agent of the configuration server: an event, none, or a refusal. */
final class AgentDecision {

    private AgentDecision() {}

    static List<AgentEvent> register(RegisterAgent c, AgentState state) {
        AgentRegistered event =
                new AgentRegistered(c.deviceId(), c.registered(), c.ipAddress(), c.publicKey(), c.arch());
        if (!(state instanceof Present present)) {
            return List.of(event);
        }
        if (present.registered().equals(event)) {
            return List.of();
        }
        throw ConfigRefusal.REJECTED.because("There is an agent '" + c.deviceId() + "' already.");
    }

    /** Most polls say what was said before: the same text, or the same values written otherwise. */
    static List<AgentEvent> report(ReportConfig c, AgentState state) {
        Present present = onlyPresent(c, state);
        Json.Members config = ObjectText.read(c.config());
        boolean same = c.config().equals(present.config()) || config.equals(ObjectText.read(present.config()));
        return same ? List.of() : List.of(new ConfigReported(c.deviceId(), present.version() + 1, c.config()));
    }

    static List<AgentEvent> remove(RemoveAgent c, AgentState state) {
        onlyPresent(c, state);
        return List.of(new AgentRemoved(c.deviceId()));
    }

    private static Present onlyPresent(AgentCommand command, AgentState state) {
        if (state instanceof Present present) {
            return present;
        }
        throw ConfigRefusal.AGENT_UNKNOWN.because("There is no agent '" + command.deviceId() + "'.");
    }
}
