package dev.muster.observe;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** All dashboards and rule files, without their content, in memory on each node, folded from the log. */
public interface Documents {

    @Nullable
    Document find(DocumentKind kind, Uid uid);

    /** All of a kind in the order they were made. */
    Collection<Document> all(DocumentKind kind);

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
