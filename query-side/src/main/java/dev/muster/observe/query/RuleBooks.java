package dev.muster.observe.query;

import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.Documents;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolments;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.query.RuleBinding.Key;
import dev.muster.observe.query.RuleBinding.Leaf;
import dev.muster.observe.query.RuleBinding.Room;
import dev.muster.observe.query.RuleBinding.Text;
import dev.muster.registry.query.Offload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All alert rules of a kind in one document, because a program that fetches rules on a timer wants one file: first the
 * files that are the same for every device, then those that are rendered for each device that uses them. The last book
 * is kept until a document or an enrolment changes; then only what is new in it is read and rendered. With many devices
 * that takes seconds the first time, so one book of a kind is bound at a time, for everyone who asks.
 *
 * <p>When a content cannot be read there is no book at all: one with rules missing would silence alerts.
 */
public final class RuleBooks {

    private final Documents documents;
    private final Enrolments enrolments;
    private final DocumentTexts texts;
    private final RuleBinding binding;
    private final Offload offload;
    private final ObserveSettings settings;
    private final Map<DocumentKind, Kept> kept = new ConcurrentHashMap<>();
    private final Map<DocumentKind, Turns<RuleBook>> turns = new ConcurrentHashMap<>();

    /** A book with the revisions it was bound from, and the texts in it, to be used again. */
    private record Kept(long documents, long enrolments, RuleBook book, Map<Key, Text> texts) {}

    public RuleBooks(
            Documents documents,
            Enrolments enrolments,
            DocumentTexts texts,
            RuleFiles files,
            RuleGroups groups,
            Offload offload,
            ObserveSettings settings) {
        this.documents = documents;
        this.enrolments = enrolments;
        this.texts = texts;
        this.binding = new RuleBinding(files, groups);
        this.offload = offload;
        this.settings = settings;
    }

    /**
     * The book as of now.
     *
     * @param kind one that {@link DocumentKind#isRules is rules}
     */
    public Mono<RuleBook> of(DocumentKind kind) {
        return Mono.defer(() -> {
            Kept last = kept.get(kind);
            return last != null && isOfNow(last)
                    ? Mono.just(last.book())
                    : turns.computeIfAbsent(kind, each -> new Turns<>(bound(each)))
                            .next();
        });
    }

    private boolean isOfNow(Kept last) {
        return last.documents() == documents.revision() && last.enrolments() == enrolments.revision();
    }

    private Mono<RuleBook> bound(DocumentKind kind) {
        return Mono.defer(() -> {
            Kept last = kept.get(kind);
            if (last != null && isOfNow(last)) {
                return Mono.just(last.book());
            }
            // Read before anything else: what changes meanwhile makes the next question bind again.
            long documentsAt = documents.revision();
            long enrolmentsAt = enrolments.revision();
            Map<Key, Text> known = last == null ? Map.of() : last.texts();
            return offload.<List<Leaf>>ask(() -> leaves(kind)).flatMap(leaves -> written(leaves, known)
                    .flatMap(made -> offload.<RuleBook>ask(() -> {
                        RuleBook book = binding.bound(leaves, made);
                        kept.put(kind, new Kept(documentsAt, enrolmentsAt, book, made));
                        return book;
                    })));
        });
    }

    private List<Leaf> leaves(DocumentKind kind) {
        List<Leaf> leaves = new ArrayList<>();
        Map<DocumentId, Document> templates = new HashMap<>();
        for (Document document : documents.all(kind)) {
            if (document.content().template()) {
                templates.put(document.id(), document);
            } else {
                add(leaves, new Leaf(document, null));
            }
        }
        for (Enrolment enrolment : templates.isEmpty() ? List.<Enrolment>of() : enrolments.all()) {
            for (DocumentRef ref : enrolment.uses().getOrDefault(kind, List.of())) {
                Document template = templates.get(ref.id());
                if (template != null) {
                    add(leaves, new Leaf(template, enrolment.uid()));
                }
            }
        }
        return leaves;
    }

    private void add(List<Leaf> leaves, Leaf leaf) {
        int filesMax = settings.ruleBookFilesMax();
        if (leaves.size() >= filesMax) {
            throw ObserveRefusal.TOO_MANY.because(
                    "There are more than " + filesMax + " rule files, each template once for each device.",
                    Map.of("limit", filesMax));
        }
        leaves.add(leaf);
    }

    /**
     * The text of each leaf: the one in the book before, or a new one. A content is read once for all leaves that need
     * it, and let go before many more are read: all together may be larger than memory.
     */
    private Mono<Map<Key, Text>> written(List<Leaf> leaves, Map<Key, Text> known) {
        Room room = new Room(settings.ruleBookCharsMax());
        Map<Key, Text> made = HashMap.newHashMap(leaves.size());
        Map<DocumentContent, List<Leaf>> missing = new LinkedHashMap<>();
        for (Leaf leaf : leaves) {
            Key key = Key.of(leaf);
            Text text = known.get(key);
            if (text == null) {
                missing.computeIfAbsent(leaf.file().content(), content -> new ArrayList<>())
                        .add(leaf);
            } else {
                room.take(text);
                made.put(key, text);
            }
        }
        return Flux.fromIterable(missing.entrySet())
                .flatMapSequential(
                        each -> texts.read(each.getKey()).map(canonical -> Map.entry(canonical, each.getValue())),
                        settings.contentsInFlightMax(),
                        1)
                // One after the other: other questions have need of the same few threads.
                .concatMap(
                        each -> offload.<Map<Key, Text>>ask(() -> binding.texts(each.getValue(), each.getKey(), room)),
                        1)
                .collect(() -> made, Map::putAll);
    }
}
