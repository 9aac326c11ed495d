package dev.muster.observe.documents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.observe.ContentStore;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.documents.json.CanonicalJson;
import dev.muster.observe.documents.json.JsonLimits;
import dev.muster.observe.documents.text.Faults;
import dev.muster.observe.documents.text.TextFault;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Dashboards and rule files in a content store, with those used lately in memory. Both are addressed by content, so
 * what is in memory never gets old.
 */
public final class StoredTexts implements DocumentTexts {

    /** Of an entry, beside its characters. */
    private static final int OVERHEAD = 256;

    private final RuleFiles rules;
    private final ContentStore store;
    private final DocumentSettings settings;
    private final JsonLimits limits;
    private final Scheduler scheduler;
    private final Cache<String, String> texts;

    /** @param scheduler where texts are read, which takes some 10 ms for each megabyte; its threads need not wait */
    public StoredTexts(RuleFiles rules, ContentStore store, DocumentSettings settings, Scheduler scheduler) {
        this.rules = rules;
        this.store = store;
        this.settings = settings;
        this.limits = new JsonLimits(settings.dashboardSizeMax(), settings.depthMax(), settings.numberLengthMax());
        this.scheduler = scheduler;
        // A text with one character beyond Latin takes two bytes for each.
        this.texts = Caffeine.newBuilder()
                .maximumWeight(settings.memorySizeMax())
                .<String, String>weigher((digest, text) -> 2 * text.length() + OVERHEAD)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Mono<DocumentContent> store(DocumentKind kind, String text) {
        return Mono.fromCallable(() -> kind.isRules() ? rules(text) : dashboard(text))
                .subscribeOn(scheduler)
                .flatMap(checked -> {
                    byte[] bytes = checked.text().getBytes(StandardCharsets.UTF_8);
                    return store.keep(bytes).map(digest -> {
                        texts.put(digest, checked.text());
                        return new DocumentContent(digest, bytes.length, checked.template());
                    });
                });
    }

    @Override
    public Mono<String> read(DocumentContent content) {
        return Mono.defer(() -> {
            String text = texts.getIfPresent(content.sha256());
            return text != null
                    ? Mono.just(text)
                    : store.read(content.sha256(), content.size())
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .doOnNext(read -> texts.put(content.sha256(), read));
        });
    }

    private Checked rules(String yaml) {
        RuleFiles.RuleFile file = rules.read(yaml);
        return new Checked(file.canonical(), file.template());
    }

    private Checked dashboard(String json) {
        try {
            String canonical = CanonicalJson.object(json, limits);
            if (canonical.getBytes(StandardCharsets.UTF_8).length > settings.dashboardSizeMax()) {
                throw new TextFault(TextFault.Kind.LIMIT, 0, 0, "more than " + settings.dashboardSizeMax() + " bytes");
            }
            return new Checked(canonical, false);
        } catch (TextFault e) {
            throw Faults.refused(ObserveRefusal.DASHBOARD_INVALID, e);
        }
    }

    private record Checked(String text, boolean template) {}
}
