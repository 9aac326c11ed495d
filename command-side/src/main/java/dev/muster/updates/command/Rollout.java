package dev.muster.updates.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.staging.Phase;
import dev.muster.updates.RolloutCommand;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.ApproveRollout;
import dev.muster.updates.RolloutCommand.CloseJoining;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.CompleteRollback;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutCommand.DeleteRollout;
import dev.muster.updates.RolloutCommand.DenyRollout;
import dev.muster.updates.RolloutCommand.JoinMembers;
import dev.muster.updates.RolloutCommand.PauseRollout;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutCommand.RecordOffer;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutCommand.ResumeRollout;
import dev.muster.updates.RolloutCommand.RollBackRollout;
import dev.muster.updates.RolloutCommand.StartNextGroup;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A rollout: a release on its way through groups of devices, with gates between them. It holds sizes, thresholds and
 * counters, so it stays small however many devices it reaches; what follows from what is the machinery's.
 */
public class Rollout {

    @AggregateIdentifier
    private @Nullable String id;

    private RolloutState state = RolloutState.NONE;

    protected Rollout() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateRollout c) {
        return decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PlanMembers c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CompletePlanning c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ApproveRollout c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(DenyRollout c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(StartRollout c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(StartNextGroup c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PauseRollout c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ResumeRollout c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(AbortRollout c) {
        decide(c);
    }

    /** Whether the next members may be offered the release. */
    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(RecordOffer c) {
        decide(c);
        return state.staging().phase() == Phase.RUNNING;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RecordProgress c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(JoinMembers c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CloseJoining c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RollBackRollout c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CompleteRollback c) {
        decide(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(DeleteRollout c) {
        decide(c);
    }

    @EventSourcingHandler
    void on(RolloutEvent event) {
        id = "rollout/" + event.rolloutId();
        state = state.after(event);
    }

    /** Whether anything happened. */
    private boolean decide(RolloutCommand c) {
        List<RolloutEvent> events = RolloutDecision.decide(c, state);
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
