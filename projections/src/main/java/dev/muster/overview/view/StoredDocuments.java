package dev.muster.overview.view;

import java.util.List;

/**
 * The road that every batch of events takes, there and back: documents by their ids. What happens seldom goes over the
 * wire everywhere, see {@link WireDocuments}. Waits for the store on the caller's thread.
 */
interface StoredDocuments {

    /** Those of the ids that exist, in no order. */
    List<StoredDocument> load(String collection, List<String> ids);

    /**
     * Stores each under its id. Where others write too, a document is replaced only by one that has seen more, and one
     * that is behind changes nothing.
     */
    void write(String collection, List<StoredDocument> documents);

    /** Whether nobody else writes these documents. */
    boolean ownedByThisProcess();
}
