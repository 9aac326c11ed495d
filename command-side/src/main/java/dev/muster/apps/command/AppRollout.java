package dev.muster.apps.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.apps.AppRolloutCommand;
import dev.muster.apps.AppRolloutCommand.AbortRollout;
import dev.muster.apps.AppRolloutCommand.CompletePlanning;
import dev.muster.apps.AppRolloutCommand.CreateRollout;
import dev.muster.apps.AppRolloutCommand.EndMembers;
import dev.muster.apps.AppRolloutCommand.FinishRollout;
import dev.muster.apps.AppRolloutCommand.PauseRollout;
import dev.muster.apps.AppRolloutCommand.PlanMembers;
import dev.muster.apps.AppRolloutCommand.ReachGroup;
import dev.muster.apps.AppRolloutCommand.RecordProgress;
import dev.muster.apps.AppRolloutCommand.RefuseFinish;
import dev.muster.apps.AppRolloutCommand.ResumeRollout;
import dev.muster.apps.AppRolloutCommand.StartRollout;
import dev.muster.apps.AppRolloutEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A release of an app on its way through groups of devices, by the machinery that software and configuration go by. It
 * holds sizes, thresholds and counters, and no devices.
 */
public class AppRollout {

    @AggregateIdentifier
    private @Nullable String id;

    private AppRolloutState state = AppRolloutState.NONE;

    protected AppRollout() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateRollout c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PlanMembers c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CompletePlanning c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(StartRollout c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PauseRollout c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ResumeRollout c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(AbortRollout c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ReachGroup c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(EndMembers c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RecordProgress c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(FinishRollout c) {
        apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RefuseFinish c) {
        apply(c);
    }

    @EventSourcingHandler
    void on(AppRolloutEvent event) {
        id = event.rolloutId().aggregateId();
        state = state.after(event);
    }

    /** Whether anything happened. */
    private boolean apply(AppRolloutCommand c) {
        List<AppRolloutEvent> events = AppRolloutDecision.decide(c, state);
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
