package dev.muster.observe;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** All dashboards and rule files, without their content, in memory on each node, folded from the log. */
public interface Documents {

    /** Documents of one kind: each is in memory on every node, and some lists have no pages. */
    int OF_A_KIND_MAX = 10_000;

    @Nullable
    Document find(DocumentKind kind, Uid uid);

    /** All of a kind in the order they were made. */
    Collection<Document> all(DocumentKind kind);

    /**
     * Refused with {@link ObserveRefusal#TOO_MANY} when there is no room for another of a kind. Those under way at the
     * same time may exceed it by as many as they are.
     */
    default void needRoom(DocumentKind kind) {
        if (all(kind).size() >= OF_A_KIND_MAX) {
            throw ObserveRefusal.TOO_MANY.because("There are " + OF_A_KIND_MAX + " documents of the kind "
                    + kind.wireName() + " already; remove what nobody uses.");
        }
    }

    /** Changes whenever anything above may answer differently. */
    long revision();

    /**
     * @param position where in the log it was made: the order of lists
     * @param version for If-Match
     */
    record Document(
            DocumentKind kind,
            Uid uid,
            DocumentId id,
            DocumentContent content,
            long position,
            Instant createdAt,
            Instant updatedAt,
            long version) {

        public DocumentRef ref() {
            return new DocumentRef(id, uid);
        }
    }
}
