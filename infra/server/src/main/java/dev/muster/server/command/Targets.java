package dev.muster.server.command;

import dev.muster.config.AgentCommand;
import dev.muster.config.ConfigRolloutCommand;
import dev.muster.config.DatabagCommand;
import dev.muster.config.RegistryCommand;
import dev.muster.config.SnapSettingsCommand;
import dev.muster.config.TargetCommand;
import dev.muster.config.WishOutcomeCommand;
import dev.muster.identity.TokenCommand;
import dev.muster.identity.UserCommand;
import dev.muster.lab.BoardCommand;
import dev.muster.lab.LabRequestCommand;
import dev.muster.observe.DocumentCommand;
import dev.muster.observe.EnrolmentCommand;
import dev.muster.registry.DeviceCommand;
import dev.muster.updates.ActionCommand;
import dev.muster.updates.AutoAssignmentCommand;
import dev.muster.updates.NumberCommand;
import dev.muster.updates.ReleaseCommand;
import dev.muster.updates.RolloutCommand;
import dev.muster.updates.SettingsCommand;

/** The aggregate that a command is meant for, as text. */
final class Targets {

    private Targets() {}

    static String of(Object command) {
        return switch (command) {
            case DeviceCommand c -> c.aggregateId();
            case ActionCommand c -> c.aggregateId();
            case ReleaseCommand c -> c.aggregateId();
            case RolloutCommand c -> c.aggregateId();
            case AutoAssignmentCommand c -> c.aggregateId();
            case NumberCommand c -> c.aggregateId();
            case SettingsCommand c -> c.aggregateId();
            case EnrolmentCommand c -> c.aggregateId();
            case DocumentCommand c -> c.aggregateId();
            case BoardCommand c -> c.aggregateId();
            case LabRequestCommand c -> c.aggregateId();
            case RegistryCommand c -> c.aggregateId();
            case DatabagCommand c -> c.aggregateId();
            case WishOutcomeCommand c -> c.aggregateId();
            case SnapSettingsCommand c -> c.aggregateId();
            case AgentCommand c -> c.aggregateId();
            case TargetCommand c -> c.aggregateId();
            case ConfigRolloutCommand c -> c.aggregateId();
            case UserCommand c -> c.aggregateId();
            case TokenCommand c -> c.aggregateId();
            default -> "";
        };
    }
}
