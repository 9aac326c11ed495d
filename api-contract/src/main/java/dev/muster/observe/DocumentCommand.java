package dev.muster.observe;

import dev.muster.kernel.AggregateCommand;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a dashboard or rule file. Its content was stored before; a command says where. */
public sealed interface DocumentCommand extends AggregateCommand {

    DocumentKind kind();

    Uid uid();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "document/" + kind().wireName() + "/" + uid();
    }

    /**
     * Makes a document. The same id and content again change nothing; a uid in use is refused with
     * {@link ObserveRefusal#DOCUMENT_EXISTS}. Answers {@code true} if it is new.
     */
    record PublishDocument(DocumentKind kind, Uid uid, DocumentId documentId, DocumentContent content)
            implements DocumentCommand {}

    /**
     * Gives it other content. Whether it is a template was decided when it was published and stays. The content it has
     * changes nothing.
     */
    record ReviseDocument(
            DocumentKind kind,
            Uid uid,
            DocumentContent content,
            @Nullable Long expectedVersion) implements DocumentCommand {}

    /** Takes it away from everyone; history keeps it. */
    record RemoveDocument(
            DocumentKind kind, Uid uid, @Nullable Long expectedVersion) implements DocumentCommand {}
}
