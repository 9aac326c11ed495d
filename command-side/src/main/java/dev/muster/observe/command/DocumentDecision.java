package dev.muster.observe.command;

import dev.muster.observe.DocumentCommand.PublishDocument;
import dev.muster.observe.DocumentCommand.ReviseDocument;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentEvent;
import dev.muster.observe.DocumentEvent.DocumentPublished;
import dev.muster.observe.DocumentEvent.DocumentRevised;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.command.DocumentState.Absent;
import dev.muster.observe.command.DocumentState.Published;
import java.util.List;

/** What follows from a command about a document: events, none, or a refusal. */
final class DocumentDecision {

    private DocumentDecision() {}

    static List<DocumentEvent> publish(PublishDocument c, DocumentState state) {
        DocumentContent content = c.kind().isRules() ? c.content() : asPlain(c.content());
        return switch (state) {
            case Published known
            when known.id().equals(c.documentId()) && known.content().equals(content) -> List.of();
            case Published ignored ->
                throw ObserveRefusal.DOCUMENT_EXISTS.because(
                        "There is a " + c.kind().wireName() + " '" + c.uid() + "' already.");
            // Said again after it was made and removed: what was asked for has happened once, and once is all.
            case Absent before when c.documentId().equals(before.last()) -> List.of();
            case Absent ignored -> List.of(new DocumentPublished(c.kind(), c.uid(), c.documentId(), content));
        };
    }

    static List<DocumentEvent> revise(ReviseDocument c, Published known) {
        DocumentContent content = new DocumentContent(
                c.content().sha256(), c.content().size(), known.content().template());
        return content.equals(known.content())
                ? List.of()
                : List.of(new DocumentRevised(c.kind(), c.uid(), known.id(), content));
    }

    /** Only rule files are templates. */
    private static DocumentContent asPlain(DocumentContent content) {
        return new DocumentContent(content.sha256(), content.size(), false);
    }
}
