package dev.muster.apps.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.apps.AppStage;
import dev.muster.apps.InstallationCommand;
import dev.muster.apps.InstallationCommand.ForgetInstallation;
import dev.muster.apps.InstallationCommand.HoldApp;
import dev.muster.apps.InstallationCommand.ReportAppPorts;
import dev.muster.apps.InstallationCommand.ReportAppState;
import dev.muster.apps.InstallationCommand.ResumeApp;
import dev.muster.apps.InstallationCommand.RotateAppCredential;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.InstallationEvent.InstallationForgotten;
import dev.muster.apps.ReportedApp;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** An app on a device: what its agent reports of it, and what was asked beside what is wanted. */
public class InstalledApp {

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable ReportedApp state;

    protected InstalledApp() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReportAppState c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReportAppPorts c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(HoldApp c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ResumeApp c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    int handle(RotateAppCredential c) {
        apply(c);
        return now(c.stage()).credentialEpoch();
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ForgetInstallation c) {
        return apply(c);
    }

    @EventSourcingHandler
    void on(InstallationEvent event, @Timestamp Instant at) {
        id = InstallationEvent.aggregateId(event.device(), event.app(), event.stage());
        state = event instanceof InstallationForgotten
                ? null
                : now(event.stage()).after(event, at);
    }

    private ReportedApp now(AppStage stage) {
        return state == null ? ReportedApp.unheard(stage) : state;
    }

    /** Whether anything happened. */
    private boolean apply(InstallationCommand c) {
        List<InstallationEvent> events = InstallationDecision.decide(c, now(c.stage()), state != null);
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
