package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A rollout over a million devices: from the request that plans it until its first group is offered the release. */
final class MillionCase {

    private static final int DEVICES = 1_000_000;
    private static final int GROUPS = 10;
    private static final long RSS_MAX_MIB = 4_096;
    /** Leaves room for what lies beside the heap: classes, compiled code, the event store's own memory. */
    private static final String HEAP = "-Xmx3g";

    private MillionCase() {}

    static List<Row> run(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings.with(HEAP))) {
            long began = System.nanoTime();
            target.create(DEVICES);
            target.until("/api/v1/fleet/summary", now -> now.path("devices").asInt() == DEVICES);
            long registered = System.nanoTime() - began;
            String release = target.release();

            began = System.nanoTime();
            String rollout = target.planned(
                    Map.of("name", "Million", "releaseId", release, "filter", "id==bench-*", "groups", groups()));
            long ready = System.nanoTime() - began;
            JsonNode planned = target.operator().get(rollout);
            target.operator().post(rollout + "/start", Map.of());
            target.until(rollout, MillionCase::firstIsOffered);
            long running = System.nanoTime() - began;

            long peak = Proc.peakRss(target.server().pid()) >> 20;
            return List.of(
                    Row.figure(
                            "devices registered in bulk",
                            "%,d in %s, %,.0f/s".formatted(DEVICES, seconds(registered), DEVICES * 1e9 / registered),
                            null,
                            null),
                    Row.truth(
                            "members",
                            "%,d in %d groups"
                                    .formatted(
                                            Target.sum(planned, "size"),
                                            planned.path("groups").size()),
                            "all of them, each once",
                            Target.sum(planned, "size") == DEVICES),
                    Row.figure("rollout asked for → ready", seconds(ready), null, null),
                    Row.figure(
                            "rollout asked for → running, first group offered",
                            "%s, %,d of them offered".formatted(seconds(running), DEVICES / GROUPS),
                            "≤ 60 s",
                            running <= 60_000_000_000L),
                    Row.figure(
                            "RSS at its peak",
                            "%,d MiB, registration included, with %s".formatted(peak, HEAP),
                            "≤ %,d MiB".formatted(RSS_MAX_MIB),
                            peak <= RSS_MAX_MIB));
        }
    }

    private static List<Map<String, ?>> groups() {
        List<Map<String, ?>> groups = new ArrayList<>();
        for (int i = 1; i <= GROUPS; i++) {
            groups.add(Map.of("name", "Wave " + i, "percent", 100 / GROUPS, "successPercent", 80, "errorPercent", 20));
        }
        return groups;
    }

    private static boolean firstIsOffered(JsonNode rollout) {
        JsonNode first = rollout.path("groups").path(0);
        int reached = first.path("offered").asInt() + first.path("skipped").asInt();
        return Target.isIn("running", rollout) && reached >= first.path("size").asInt();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
