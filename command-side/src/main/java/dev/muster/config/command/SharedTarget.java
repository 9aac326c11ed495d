package dev.muster.config.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.config.ConfigTarget;
import dev.muster.config.ConfigTarget.Version;
import dev.muster.config.TargetCommand.SetTarget;
import dev.muster.config.TargetEvent;
import dev.muster.config.TargetEvent.TargetChanged;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The one configuration that all agents should have. Each event holds the whole of it, so every version there was can be
 * read in history and set again, and no reader ever sees parts of two.
 */
public class SharedTarget {

    @AggregateIdentifier
    private @Nullable String id;

    private Version now = Version.NONE;

    protected SharedTarget() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(SetTarget command) {
        List<TargetEvent> events = TargetDecision.set(command, now);
        events.forEach(AggregateLifecycle::apply);
        return now.number();
    }

    @EventSourcingHandler
    void on(TargetEvent event) {
        id = ConfigTarget.AGGREGATE;
        now = switch (event) {
            case TargetChanged changed -> new Version(changed.version(), changed.config());
        };
    }
}
