package dev.muster.observe.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.observe.DocumentCommand;
import dev.muster.observe.DocumentCommand.PublishDocument;
import dev.muster.observe.DocumentCommand.RemoveDocument;
import dev.muster.observe.DocumentCommand.ReviseDocument;
import dev.muster.observe.DocumentEvent;
import dev.muster.observe.DocumentEvent.DocumentRemoved;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.command.DocumentState.Absent;
import dev.muster.observe.command.DocumentState.Published;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Whatever has a uid among the documents of a kind. The uid is in the aggregate's identifier, so there cannot be two; one
 * after the other there can, each with a {@link dev.muster.observe.DocumentId} of its own.
 */
public class ObservabilityDocument {

    @AggregateIdentifier
    private @Nullable String id;

    private DocumentState state = new Absent(null);

    protected ObservabilityDocument() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(PublishDocument command) {
        return apply(DocumentDecision.publish(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReviseDocument command) {
        Published known = onlyPublished(command);
        Versions.only(command.expectedVersion());
        return apply(DocumentDecision.revise(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RemoveDocument command) {
        Published known = onlyPublished(command);
        Versions.only(command.expectedVersion());
        apply(List.of(new DocumentRemoved(command.kind(), command.uid(), known.id())));
    }

    @EventSourcingHandler
    void on(DocumentEvent event) {
        id = "document/" + event.kind().wireName() + "/" + event.uid();
        state = state.after(event);
    }

    private Published onlyPublished(DocumentCommand command) {
        if (state instanceof Published published) {
            return published;
        }
        throw ObserveRefusal.DOCUMENT_UNKNOWN.because(
                "There is no " + command.kind().wireName() + " '" + command.uid() + "'.");
    }

    private static boolean apply(List<DocumentEvent> events) {
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
