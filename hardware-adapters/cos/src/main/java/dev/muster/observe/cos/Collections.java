package dev.muster.observe.cos;

import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.Enrolment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * All documents of a kind with their contents, in pieces: together they may be larger than memory. Dashboards come in
 * the order they were made; rule files as Prometheus and Loki want them (contract §6.4), templates once for each
 * device that uses them.
 */
final class Collections {

    /** Small entries are sent together. */
    private static final int PIECE = 32 << 10;

    private final CosPorts ports;
    private final Sheet dashboards;

    Collections(CosPorts ports, Sheet dashboards) {
        this.ports = ports;
        this.dashboards = dashboards;
    }

    /** A JSON array. Fails, before the first piece where possible, when a content cannot be read. */
    Flux<byte[]> of(Application application) {
        return Flux.defer(() -> {
            List<Document> all = List.copyOf(ports.documents().all(application.kind));
            return array(application.kind.isRules() ? rules(application.kind, all) : dashboards(all));
        });
    }

    private Flux<byte[]> dashboards(List<Document> all) {
        return Flux.fromIterable(all)
                .concatMap(each -> ports.texts().read(each.content()).map(text -> dashboards.shown(each, text)), 1);
    }

    private Flux<byte[]> rules(DocumentKind kind, List<Document> all) {
        Map<DocumentId, Document> templates = new LinkedHashMap<>();
        all.stream().filter(each -> each.content().template()).forEach(each -> templates.put(each.id(), each));
        Flux<byte[]> plain = Flux.fromIterable(all)
                .filter(each -> !each.content().template())
                .concatMap(
                        each -> ports.texts().read(each.content()).map(text -> RuleSheet.entry(
                                        each.uid().value(), text, false)
                                .bytes()),
                        1);
        if (templates.isEmpty()) {
            return plain;
        }
        return plain.concatWith(
                Flux.fromIterable(ports.enrolments().all()).concatMap(device -> rendered(device, kind, templates), 1));
    }

    private Flux<byte[]> rendered(Enrolment device, DocumentKind kind, Map<DocumentId, Document> templates) {
        List<Document> used = DeviceJson.used(device, kind).stream()
                .<@Nullable Document>map(each -> templates.get(each.id()))
                .filter(each -> each != null)
                .toList();
        return Flux.fromIterable(used)
                .concatMap(
                        each -> ports.texts().read(each.content()).map(text -> RuleSheet.entry(
                                        each.uid() + "/" + device.uid(),
                                        ports.ruleFiles().rendered(text, device.uid()),
                                        null)
                                .bytes()),
                        1);
    }

    private static Flux<byte[]> array(Flux<byte[]> entries) {
        return Flux.defer(() -> {
            boolean[] any = {false};
            Flux<byte[]> separated = entries.map(entry -> {
                byte[] separator = (any[0] ? "," : "[").getBytes(StandardCharsets.US_ASCII);
                any[0] = true;
                byte[] both = new byte[entry.length + 1];
                both[0] = separator[0];
                System.arraycopy(entry, 0, both, 1, entry.length);
                return both;
            });
            Flux<byte[]> end = Flux.defer(() -> Flux.just((any[0] ? "]" : "[]").getBytes(StandardCharsets.US_ASCII)));
            return separated.concatWith(end).bufferUntil(full()).map(Collections::joined);
        });
    }

    private static Predicate<byte[]> full() {
        int[] size = {0};
        return piece -> {
            size[0] += piece.length;
            if (size[0] < PIECE) {
                return false;
            }
            size[0] = 0;
            return true;
        };
    }

    private static byte[] joined(List<byte[]> pieces) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(PIECE + 1024);
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
