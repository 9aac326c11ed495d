package dev.muster.observe;

/** What happened to a dashboard or rule file. */
public sealed interface DocumentEvent {

    DocumentKind kind();

    Uid uid();

    DocumentId documentId();

    record DocumentPublished(DocumentKind kind, Uid uid, DocumentId documentId, DocumentContent content)
            implements DocumentEvent {}

    record DocumentRevised(DocumentKind kind, Uid uid, DocumentId documentId, DocumentContent content)
            implements DocumentEvent {}

    record DocumentRemoved(DocumentKind kind, Uid uid, DocumentId documentId) implements DocumentEvent {}
}
