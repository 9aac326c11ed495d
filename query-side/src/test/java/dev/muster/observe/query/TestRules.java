package dev.muster.observe.query;

import dev.muster.kernel.Refused;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.Uid;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/**
 * Texts in a map and rule files that are one word: a group's name, with {@code @} where the device goes. What begins
 * with an exclamation mark is no rule file.
 */
public final class TestRules implements DocumentTexts, RuleFiles, RuleGroups {

    public final Map<String, String> texts = new ConcurrentHashMap<>();
    public final AtomicInteger rendered = new AtomicInteger();
    public final AtomicInteger reads = new AtomicInteger();
    /** No text is read before this has ended. */
    public volatile Mono<Void> gate = Mono.empty();

    /** A rule file's content, readable from now on. */
    public DocumentContent rules(String text) {
        return content(text, text.contains("@"));
    }

    public DocumentContent content(String text, boolean template) {
        String sha256 = dev.muster.kernel.Ids.digest(text);
        texts.put(sha256, text);
        return new DocumentContent(sha256, text.length(), template);
    }

    @Override
    public Mono<DocumentContent> store(DocumentKind kind, String text) {
        return Mono.just(content(text, false));
    }

    @Override
    public Mono<String> read(DocumentContent content) {
        reads.incrementAndGet();
        return gate.then(Mono.defer(() -> Mono.justOrEmpty(texts.get(content.sha256()))))
                .switchIfEmpty(Mono.error(() -> ObserveRefusal.CONTENT_MISSING.because("It is gone.")));
    }

    @Override
    public RuleFile read(String yaml) {
        return new RuleFile(
                yaml,
                yaml.contains("@"),
                yaml.startsWith("!") ? List.of(new Finding("groups", 1, "There are none.")) : List.of());
    }

    @Override
    public String rendered(String canonical, Uid device) {
        rendered.incrementAndGet();
        return canonical.replace("@", device.value());
    }

    @Override
    public String of(String rules, String prefix) {
        if (rules.startsWith("!")) {
            throw refused(rules);
        }
        return rules.isEmpty() ? "" : "- name: " + prefix + rules + "\n";
    }

    private static Refused refused(String rules) {
        return ObserveRefusal.RULES_INVALID.because("no rule file:\n" + rules);
    }
}
