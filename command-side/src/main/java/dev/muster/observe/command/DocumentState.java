package dev.muster.observe.command;

import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentEvent;
import dev.muster.observe.DocumentEvent.DocumentPublished;
import dev.muster.observe.DocumentEvent.DocumentRemoved;
import dev.muster.observe.DocumentEvent.DocumentRevised;
import dev.muster.observe.DocumentId;
import org.jspecify.annotations.Nullable;

/** What decisions about a document need to know of its past. */
sealed interface DocumentState {

    DocumentState after(DocumentEvent event);

    /** @param last the one that had this uid before, null when there never was one */
    record Absent(@Nullable DocumentId last) implements DocumentState {

        @Override
        public DocumentState after(DocumentEvent event) {
            return event instanceof DocumentPublished e ? new Published(e.documentId(), e.content()) : this;
        }
    }

    record Published(DocumentId id, DocumentContent content) implements DocumentState {

        @Override
        public DocumentState after(DocumentEvent event) {
            return switch (event) {
                case DocumentPublished ignored -> this;
                case DocumentRevised e -> new Published(id, e.content());
                case DocumentRemoved ignored -> new Absent(id);
            };
        }
    }
}
