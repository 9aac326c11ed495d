package dev.muster.observe.query;

import dev.muster.kernel.Recorded;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.Offload;
import dev.muster.testing.MemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** How fast and how big the indexes are with 100 000 enrolled devices. Run by hand; prints one line per question. */
final class ObserveTiming {

    private static final int DEVICES = 100_000;
    private static final int ROUNDS = 20;

    private ObserveTiming() {}

    public static void main(String[] args) {
        TestObserved observed = new TestObserved();
        TestRules rules = new TestRules();
        List<DocumentRef> dashboards = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            dashboards.add(observed.dashboard("dashboard-" + i));
        }
        List<DocumentRef> templates = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            templates.add(observed.published(DocumentKind.PROMETHEUS_RULES, "rules-" + i, rules.rules(i + "-@")));
        }
        long before = used();
        long start = System.nanoTime();
        for (int i = 0; i < DEVICES; i++) {
            observed.enrolments.apply(enrolled(i, dashboards, templates));
        }
        System.out.printf("fold %.0f events/s%n", 1e9 * DEVICES / (System.nanoTime() - start));
        System.out.printf("heap %d bytes/device, of which 400 are its key%n", (used() - before) / DEVICES);
        EnrolmentIndex index = observed.enrolments;
        time("all, one by one", () -> index.all().stream()
                .mapToLong(each -> each.uid().value().length())
                .sum());
        time("a page from the middle", () -> page(index, DEVICES / 2));
        time("users of a document", () -> index.all().stream()
                .filter(each -> each.uses()
                        .getOrDefault(DocumentKind.GRAFANA_DASHBOARD, List.of())
                        .contains(dashboards.getFirst()))
                .count());
        time("removal of a document that all use", () -> {
            DocumentRef document = dashboards.removeLast();
            observed.removed(DocumentKind.GRAFANA_DASHBOARD, document);
            return 0;
        });
        Offload offload = new Offload(1, 10);
        RuleBooks books =
                new RuleBooks(observed.documents, index, rules, rules, rules, offload, ObserveSettings.DEFAULTS);
        time("rule book, bound anew for one device", () -> {
            observed.renamed("device-000007", "device-000007", "device-000007");
            return books.of(DocumentKind.PROMETHEUS_RULES)
                    .block(Duration.ofMinutes(1))
                    .bytes()
                    .length;
        });
        offload.dispose();
    }

    private static Recorded enrolled(int i, List<DocumentRef> dashboards, List<DocumentRef> templates) {
        String name = "device-%06d".formatted(i);
        DeviceEnrolled event = new DeviceEnrolled(
                new DeviceId(name),
                new Uid(new String(name)),
                "10.1." + i / 256 + "." + i % 256,
                "ssh-rsa " + "A".repeat(360) + name,
                Map.of(
                        DocumentKind.GRAFANA_DASHBOARD, List.copyOf(dashboards.subList(0, 10 + i % 10)),
                        DocumentKind.PROMETHEUS_RULES, List.copyOf(templates)));
        return new Recorded(1000 + i, "e" + i, MemoryLog.START, event, "enrolment/" + name, 0, Map.of());
    }

    private static long page(EnrolmentIndex index, long after) {
        return MakingOrder.<Enrolment, Uid>page(
                        index.after(after), each -> true, Enrolment::position, Enrolment::uid, 100, null)
                .items()
                .size();
    }

    private static void time(String what, LongSupplier question) {
        long best = Long.MAX_VALUE;
        long answer = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            answer = question.getAsLong();
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf("%-40s %8.3f ms (%d)%n", what, best / 1e6, answer);
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
