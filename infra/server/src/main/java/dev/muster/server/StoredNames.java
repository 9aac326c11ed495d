package dev.muster.server;

import dev.muster.apps.AgentAuditEvent;
import dev.muster.apps.AppAccountEvent;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppEvent;
import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppWishEvent;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.ProjectEvent;
import dev.muster.config.AgentEvent;
import dev.muster.config.ConfigRolloutEvent;
import dev.muster.config.DatabagEvent;
import dev.muster.config.RegistryEvent;
import dev.muster.config.SecretsEvent;
import dev.muster.config.SnapSettingsEvent;
import dev.muster.config.TargetEvent;
import dev.muster.config.WishOutcomeEvent;
import dev.muster.identity.TokenEvent;
import dev.muster.identity.UserEvent;
import dev.muster.kernel.EventNames;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.LabRequestEvent;
import dev.muster.observe.DocumentEvent;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.overview.CommandRefused;
import dev.muster.registry.DeviceEvent;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.AutoAssignmentEvent;
import dev.muster.updates.NumberEvent;
import dev.muster.updates.ReleaseEvent;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.SettingsEvent;
import dev.muster.updates.modes.FeedRolloutEvent;
import dev.muster.updates.modes.FollowingEvent;
import java.util.List;

/** Everything that is ever stored as an event. A new sealed parent is added here, and each record gets an approved sample. */
public final class StoredNames {

    public static final EventNames ALL = new EventNames(List.of(
            DeviceEvent.class,
            ActionEvent.class,
            ReleaseEvent.class,
            RolloutEvent.class,
            AutoAssignmentEvent.class,
            NumberEvent.class,
            SettingsEvent.class,
            FollowingEvent.class,
            FeedRolloutEvent.class,
            EnrolmentEvent.class,
            DocumentEvent.class,
            BoardEvent.class,
            LabRequestEvent.class,
            RegistryEvent.class,
            DatabagEvent.class,
            WishOutcomeEvent.class,
            SnapSettingsEvent.class,
            SecretsEvent.class,
            AgentEvent.class,
            TargetEvent.class,
            ConfigRolloutEvent.class,
            ProjectEvent.class,
            AppAgentEvent.class,
            AppAccountEvent.class,
            AppEvent.class,
            AppWishEvent.class,
            InstallationEvent.class,
            AppRolloutEvent.class,
            AgentAuditEvent.class,
            UserEvent.class,
            TokenEvent.class,
            CommandRefused.class));

    private StoredNames() {}
}
