package dev.muster.config.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.config.ConfigRolloutCommand;
import dev.muster.config.ConfigRolloutCommand.AbortRollout;
import dev.muster.config.ConfigRolloutCommand.CompletePlanning;
import dev.muster.config.ConfigRolloutCommand.CreateRollout;
import dev.muster.config.ConfigRolloutCommand.EndMembers;
import dev.muster.config.ConfigRolloutCommand.FinishRollout;
import dev.muster.config.ConfigRolloutCommand.PauseRollout;
import dev.muster.config.ConfigRolloutCommand.PlanMembers;
import dev.muster.config.ConfigRolloutCommand.ReachGroup;
import dev.muster.config.ConfigRolloutCommand.RecordProgress;
import dev.muster.config.ConfigRolloutCommand.RefuseFinish;
import dev.muster.config.ConfigRolloutCommand.ResumeRollout;
import dev.muster.config.ConfigRolloutCommand.StartRollout;
import dev.muster.config.ConfigRolloutEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A change of configuration on its way through groups of devices, by the machinery that software goes by. It holds
 * sizes, thresholds and counters, no devices and no values: those are in the databag of its layer.
 */
public class ConfigRollout {

    @AggregateIdentifier
    private @Nullable String id;

    private ConfigRolloutState state = ConfigRolloutState.NONE;

    protected ConfigRollout() {}

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
    void on(ConfigRolloutEvent event) {
        id = event.rolloutId().aggregateId();
        state = state.after(event);
    }

    /** Whether anything happened. */
    private boolean apply(ConfigRolloutCommand c) {
        List<ConfigRolloutEvent> events = ConfigRolloutDecision.decide(c, state);
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
