package dev.muster.observe.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.observe.ContentStore;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.ObserveRefusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Documents on their way into the store and out of it. */
class StoredTextsTest {

    private final Contents contents = new Contents();
    private final DocumentTexts texts = texts(DocumentSettings.defaults());

    private DocumentTexts texts(DocumentSettings settings) {
        return new StoredTexts(new RuleTexts(settings), contents, settings, Schedulers.immediate());
    }

    private DocumentContent stored(DocumentKind kind, String text) {
        return texts.store(kind, text).block();
    }

    private Refusal refusal(DocumentKind kind, String text) {
        Refused refused = catchThrowableOfType(Refused.class, () -> stored(kind, text));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(contents.byDigest).isEmpty();
        return refused.refusal();
    }

    @Test
    void dashboardsThatSayTheSameAreStoredOnce() {
        DocumentContent one = stored(DocumentKind.GRAFANA_DASHBOARD, "{\"title\": \"caf\\u00e9\", \"n\": 1.50}");
        DocumentContent other = stored(DocumentKind.FOXGLOVE_LAYOUT, "{\"title\":\"caf\u00e9\",\n\"n\":1.5}");
        assertThat(one).isEqualTo(other);
        assertThat(one.template()).isFalse();
        assertThat(one.size()).isEqualTo(25);
        assertThat(contents.text(one)).isEqualTo("{\"title\":\"caf\u00e9\",\"n\":1.5}");
        assertThat(contents.byDigest).hasSize(1);
    }

    @Test
    void rulesAreStoredAsTheyAreWrittenAgain() {
        DocumentContent content = stored(DocumentKind.LOKI_RULES, "groups:\n    - {name: '%%juju_device_uuid%%'}\n");
        assertThat(content.template()).isTrue();
        assertThat(contents.text(content)).isEqualTo("groups:\n- name: '%%juju_device_uuid%%'");
    }

    @Test
    void whatIsNoDashboardIsRefusedAndLeavesNothing() {
        assertThat(refusal(DocumentKind.GRAFANA_DASHBOARD, "{\"hello\": {\"test\"sdsa\"}}")
                        .details())
                .containsEntry("fault", "syntax")
                .containsEntry("line", 1)
                .containsEntry("column", 18);
        assertThat(refusal(DocumentKind.GRAFANA_DASHBOARD, "[1]").details()).containsEntry("fault", "type");
        assertThat(refusal(DocumentKind.GRAFANA_DASHBOARD, "{\"a\":\"\\ud800\"}")
                        .details())
                .containsEntry("fault", "surrogate")
                .containsEntry("column", 7);
        assertThat(refusal(DocumentKind.FOXGLOVE_LAYOUT, "{").code()).isEqualTo("observe.dashboard-invalid");
    }

    @Test
    void whatIsNoRuleFileIsRefusedAndLeavesNothing() {
        assertThat(refusal(DocumentKind.PROMETHEUS_RULES, "- a").details()).containsEntry("fault", "type");
        assertThat(refusal(DocumentKind.LOKI_RULES, "a: '%%b%%'").code()).isEqualTo("observe.rules-invalid");
    }

    @Test
    void dashboardsHaveSixteenMebibytes() {
        int most = 16 << 20;
        String frame = "{\"a\":\"\"}";
        String text = "{\"a\":\"" + "x".repeat(most - frame.length()) + "\"}";
        assertThat(stored(DocumentKind.GRAFANA_DASHBOARD, text).size()).isEqualTo(most);
        contents.byDigest.clear();
        assertThat(refusal(DocumentKind.GRAFANA_DASHBOARD, text.replace("\"}", "x\"}"))
                        .details())
                .containsEntry("fault", "limit");
        assertThat(refusal(DocumentKind.GRAFANA_DASHBOARD, text.replaceFirst("x", "\u00e4"))
                        .details())
                .containsEntry("fault", "limit");
    }

    @Test
    void whatWasUsedLatelyIsReadFromMemory() {
        DocumentContent content = stored(DocumentKind.GRAFANA_DASHBOARD, "{}");
        assertThat(texts.read(content).block()).isEqualTo("{}");
        assertThat(contents.reads).isZero();
        DocumentTexts others = texts(DocumentSettings.defaults());
        assertThat(others.read(content).block()).isEqualTo("{}");
        assertThat(others.read(content).block()).isEqualTo("{}");
        assertThat(contents.reads).isEqualTo(1);
    }

    @Test
    void memoryIsBounded() {
        DocumentSettings defaults = DocumentSettings.defaults();
        DocumentTexts forgetful = texts(new DocumentSettings(
                defaults.rulesSizeMax(),
                defaults.renderedSizeMax(),
                defaults.aliasesMax(),
                defaults.mergedMax(),
                defaults.dashboardSizeMax(),
                defaults.depthMax(),
                defaults.numberLengthMax(),
                defaults.findingsMax(),
                10_000));
        String text = "{\"a\":\"" + "x".repeat(4000) + "\"}";
        DocumentContent large =
                forgetful.store(DocumentKind.GRAFANA_DASHBOARD, text).block();
        assertThat(forgetful.read(large).block()).isEqualTo(text);
        assertThat(contents.reads).as("one of them fits").isZero();
        String larger = text.replace("xx", "yyy");
        DocumentContent tooLarge =
                forgetful.store(DocumentKind.GRAFANA_DASHBOARD, larger).block();
        assertThat(forgetful.read(tooLarge).block()).isEqualTo(larger);
        assertThat(contents.reads).as("this one does not").isEqualTo(1);
    }

    @Test
    void whatTheStoreHasLostIsMissing() {
        DocumentContent lost = new DocumentContent("0".repeat(64), 2, false);
        Refused refused =
                catchThrowableOfType(Refused.class, () -> texts.read(lost).block());
        assertThat(refused.refusal().code()).isEqualTo("observe.content-missing");
    }

    /** A content store in memory that counts. */
    private static final class Contents implements ContentStore {

        private final Map<String, byte[]> byDigest = new HashMap<>();
        private int reads;

        @Override
        public Mono<String> keep(byte[] content) {
            return Mono.fromCallable(() -> {
                String digest = sha256(content);
                byDigest.put(digest, content);
                return digest;
            });
        }

        @Override
        public Mono<byte[]> read(String sha256, long size) {
            return Mono.defer(() -> {
                reads++;
                byte[] content = byDigest.get(sha256);
                return content == null
                        ? Mono.error(ObserveRefusal.CONTENT_MISSING.because("It is gone."))
                        : Mono.just(content);
            });
        }

        String text(DocumentContent content) {
            return new String(byDigest.get(content.sha256()), StandardCharsets.UTF_8);
        }

        private static String sha256(byte[] content) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }
}
