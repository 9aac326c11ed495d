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
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.query.RuleBinding.Bound;
import dev.muster.observe.query.RuleBinding.Leaf;
import dev.muster.registry.query.Offload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All alert rules of a kind in one document, because a program that fetches rules on a timer wants one file: first the
 * files that are the same for every device, then those that are rendered for each device that uses them. The last book
 * is kept until a document or an enrolment changes; then only what is new in it is rendered.
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

    /** A book with the revisions it was bound from. */
    private record Kept(long documents, long enrolments, Bound bound) {}

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
        this.binding = new RuleBinding(files, groups, settings.ruleBookCharsMax());
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
            // Read before anything else: what changes meanwhile makes the next question bind again.
            long documentsAt = documents.revision();
            long enrolmentsAt = enrolments.revision();
            if (last != null && last.documents() == documentsAt && last.enrolments() == enrolmentsAt) {
                return Mono.just(last.bound().book());
            }
            return bound(kind, last).map(bound -> {
                kept.put(kind, new Kept(documentsAt, enrolmentsAt, bound));
                return bound.book();
            });
        });
    }

    private Mono<Bound> bound(DocumentKind kind, @Nullable Kept last) {
        return offload.<List<Leaf>>ask(() -> leaves(kind)).flatMap(leaves -> contents(leaves)
                .flatMap(contents -> offload.ask(() -> binding.bound(
                        leaves, contents, last == null ? Map.of() : last.bound().texts()))));
    }

    private List<Leaf> leaves(DocumentKind kind) {
        List<Leaf> leaves = new ArrayList<>();
        Map<DocumentId, Document> templates = new HashMap<>();
        for (Document document : documents.all(kind)) {
            if (document.content().template()) {
                templates.put(document.id(), document);
            } else {
                leaves.add(new Leaf(document, null));
            }
        }
        for (Enrolment enrolment : templates.isEmpty() ? List.<Enrolment>of() : enrolments.all()) {
            for (DocumentRef ref : enrolment.uses().getOrDefault(kind, List.of())) {
                Document template = templates.get(ref.id());
                if (template != null) {
                    leaves.add(new Leaf(template, enrolment.uid()));
                }
            }
        }
        return leaves;
    }

    private Mono<Map<String, String>> contents(List<Leaf> leaves) {
        Map<String, DocumentContent> wanted = new LinkedHashMap<>();
        leaves.forEach(leaf ->
                wanted.putIfAbsent(leaf.file().content().sha256(), leaf.file().content()));
        return Flux.fromIterable(wanted.values())
                .flatMap(
                        content -> texts.read(content).map(text -> Map.entry(content.sha256(), text)),
                        settings.contentsInFlightMax())
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
