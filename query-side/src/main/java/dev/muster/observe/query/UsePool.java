package dev.muster.observe.query;

import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which documents devices use. A fleet uses few different sets of them, so devices with the same set share one
 * {@link Uses}; when a document is removed only the sets that hold it are written anew, however many devices there are.
 * One thread writes; {@link Uses#documents} and {@link #users} may be read by anyone.
 */
final class UsePool {

    private final Map<DocumentId, Known> documents = new ConcurrentHashMap<>();
    private final Map<Set<DocumentId>, Uses> shared = new HashMap<>();

    /** A document that exists. */
    private static final class Known {
        private final DocumentKind kind;
        private final DocumentRef ref;
        private final long position;
        private final Set<Uses> uses = new HashSet<>();
        private volatile int users;

        private Known(DocumentKind kind, DocumentRef ref, long position) {
            this.kind = kind;
            this.ref = ref;
            this.position = position;
        }
    }

    /** One set of documents and how many devices use exactly that. Equal only to itself. */
    static final class Uses {
        private Set<DocumentId> ids;
        private int devices;
        private volatile Map<DocumentKind, List<DocumentRef>> documents = Map.of();

        private Uses(Set<DocumentId> ids) {
            this.ids = ids;
        }

        /** Every kind with its documents in the order they were made. */
        Map<DocumentKind, List<DocumentRef>> documents() {
            return documents;
        }
    }

    void published(DocumentKind kind, DocumentRef ref, long position) {
        documents.put(ref.id(), new Known(kind, ref, position));
    }

    /** Says whether any device used it. */
    boolean removed(DocumentId id) {
        Known known = documents.remove(id);
        if (known == null || known.uses.isEmpty()) {
            return false;
        }
        for (Uses each : known.uses) {
            shared.remove(each.ids, each);
            Set<DocumentId> rest = new HashSet<>(each.ids);
            rest.remove(id);
            each.ids = Set.copyOf(rest);
            each.documents = sorted(each.ids);
            shared.putIfAbsent(each.ids, each);
        }
        return true;
    }

    /** The set for one more device; documents that do not exist any more are left out. */
    Uses joined(Map<DocumentKind, List<DocumentRef>> wanted) {
        Set<DocumentId> ids = new HashSet<>();
        wanted.values().forEach(refs -> addKnown(ids, refs));
        return joined(ids);
    }

    /** The set for a device that changes its documents of one kind; it leaves the one it had. */
    Uses changed(Uses before, DocumentKind kind, List<DocumentRef> wanted) {
        Set<DocumentId> ids = new HashSet<>();
        before.documents.forEach((other, refs) -> {
            if (other != kind) {
                addKnown(ids, refs);
            }
        });
        addKnown(ids, wanted);
        Uses next = joined(ids);
        left(before);
        return next;
    }

    void left(Uses uses) {
        uses.devices--;
        for (DocumentId id : uses.ids) {
            Known known = documents.get(id);
            if (known != null) {
                count(known, -1);
                if (uses.devices == 0) {
                    known.uses.remove(uses);
                }
            }
        }
        if (uses.devices == 0) {
            shared.remove(uses.ids, uses);
        }
    }

    /** How many devices use a document. */
    int users(DocumentId id) {
        Known known = documents.get(id);
        return known == null ? 0 : known.users;
    }

    private Uses joined(Set<DocumentId> ids) {
        Uses uses = shared.computeIfAbsent(Set.copyOf(ids), this::made);
        uses.devices++;
        uses.ids.forEach(id -> count(known(id), 1));
        return uses;
    }

    private Uses made(Set<DocumentId> ids) {
        Uses uses = new Uses(ids);
        uses.documents = sorted(ids);
        ids.forEach(id -> known(id).uses.add(uses));
        return uses;
    }

    /** Only one thread writes, so nothing is lost between reading and writing. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private static void count(Known known, int more) {
        known.users += more;
    }

    private void addKnown(Set<DocumentId> ids, Collection<DocumentRef> refs) {
        for (DocumentRef ref : refs) {
            if (documents.containsKey(ref.id())) {
                ids.add(ref.id());
            }
        }
    }

    private Map<DocumentKind, List<DocumentRef>> sorted(Set<DocumentId> ids) {
        List<Known> all = new ArrayList<>();
        ids.forEach(id -> all.add(known(id)));
        all.sort(Comparator.comparingLong(each -> each.position));
        Map<DocumentKind, List<DocumentRef>> byKind = new EnumMap<>(DocumentKind.class);
        for (DocumentKind kind : DocumentKind.values()) {
            byKind.put(
                    kind,
                    all.stream()
                            .filter(each -> each.kind == kind)
                            .map(each -> each.ref)
                            .toList());
        }
        return Collections.unmodifiableMap(byKind);
    }

    private Known known(DocumentId id) {
        @Nullable Known known = documents.get(id);
        if (known == null) {
            throw new IllegalStateException("document " + id + " is used but unknown");
        }
        return known;
    }
}
