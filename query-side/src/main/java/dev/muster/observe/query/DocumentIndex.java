package dev.muster.observe.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentEvent;
import dev.muster.observe.DocumentEvent.DocumentPublished;
import dev.muster.observe.DocumentEvent.DocumentRemoved;
import dev.muster.observe.DocumentEvent.DocumentRevised;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Documents;
import dev.muster.observe.Uid;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The dashboards and rule files, folded from the log. One thread writes; readers take no lock. The revision is the
 * position of the last event that changed something, so it means the same on every node and after a restart.
 */
public final class DocumentIndex implements Fold, Documents {

    private final Map<DocumentKind, Shelf> shelves = new EnumMap<>(DocumentKind.class);
    private volatile long revision = -1;

    /** The documents of one kind, by uid and in the order they were made. */
    private static final class Shelf {
        private final ConcurrentHashMap<Uid, Document> byUid = new ConcurrentHashMap<>();
        private final ConcurrentSkipListMap<Long, Document> inOrder = new ConcurrentSkipListMap<>();

        private void put(Document document) {
            byUid.put(document.uid(), document);
            inOrder.put(document.position(), document);
        }
    }

    public DocumentIndex() {
        for (DocumentKind kind : DocumentKind.values()) {
            shelves.put(kind, new Shelf());
        }
    }

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof DocumentEvent event)) {
            return;
        }
        switch (event) {
            case DocumentPublished e ->
                shelf(e.kind())
                        .put(new Document(
                                e.kind(),
                                e.uid(),
                                e.documentId(),
                                e.content(),
                                recorded.position(),
                                recorded.at(),
                                recorded.at(),
                                recorded.sequence()));
            case DocumentRevised e -> revise(e.kind(), e.uid(), e.content(), recorded);
            case DocumentRemoved e -> {
                Shelf shelf = shelf(e.kind());
                Document removed = shelf.byUid.remove(e.uid());
                if (removed != null) {
                    shelf.inOrder.remove(removed.position());
                }
            }
        }
        revision = recorded.position();
    }

    private void revise(DocumentKind kind, Uid uid, DocumentContent content, Recorded recorded) {
        Document before = shelf(kind).byUid.get(uid);
        if (before != null) {
            shelf(kind)
                    .put(new Document(
                            kind,
                            uid,
                            before.id(),
                            content,
                            before.position(),
                            before.createdAt(),
                            recorded.at(),
                            recorded.sequence()));
        }
    }

    @Override
    public @Nullable Document find(DocumentKind kind, Uid uid) {
        return shelf(kind).byUid.get(uid);
    }

    @Override
    public Collection<Document> all(DocumentKind kind) {
        return Collections.unmodifiableCollection(shelf(kind).inOrder.values());
    }

    /** Those made after a position, in the order they were made. */
    public Collection<Document> after(DocumentKind kind, long position) {
        return Collections.unmodifiableCollection(
                shelf(kind).inOrder.tailMap(position, false).values());
    }

    /** How many there are of a kind. */
    public int size(DocumentKind kind) {
        return shelf(kind).byUid.size();
    }

    @Override
    public long revision() {
        return revision;
    }

    private Shelf shelf(DocumentKind kind) {
        return java.util.Objects.requireNonNull(shelves.get(kind));
    }
}
