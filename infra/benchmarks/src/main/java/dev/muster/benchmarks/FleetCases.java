package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a large fleet and a long history cost: a rollout over all, restarts and rebuilds, and a plain start. */
final class FleetCases {

    private static final int STARTS = 5;

    private FleetCases() {}

    static List<Row> rollout(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings)) {
            target.create(settings.devices());
            long began = System.nanoTime();
            String rollout = target.plannedRollout();
            Duration planned = Duration.ofNanos(System.nanoTime() - began);
            long before = liveHeap(settings, target);
            long cpu = Proc.cpuNanos(target.server().pid());
            Duration offered = target.offerAll(rollout);
            cpu = Proc.cpuNanos(target.server().pid()) - cpu;
            long rss = Proc.rss(target.server().pid()) >> 20;
            double grown = (liveHeap(settings, target) - before) / (double) settings.devices();
            return List.of(
                    Row.figure("rollout planned", seconds(planned) + " from upload to ready", null, null),
                    Row.figure(
                            "rollout started → all offered",
                            "%,d devices in %s, CPU %d µs a device"
                                    .formatted(settings.devices(), seconds(offered), cpu / 1000 / settings.devices()),
                            "≤ 10 s for 100 000",
                            offered.toMillis() <= 10_000),
                    Row.figure(
                            "live heap growth by the offer",
                            String.format(Locale.ROOT, "%.0f bytes a device", grown),
                            "≤ 1024 bytes a device",
                            grown <= 1024),
                    Row.figure(
                            "RSS when all are offered",
                            "%,d MiB with %,d devices".formatted(rss, settings.devices()),
                            "≤ 500 MiB with 100 000 devices",
                            rss <= 500));
        }
    }

    static List<Row> replay(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        List<Row> rows = new ArrayList<>();
        try (Target target = Target.start(settings)) {
            int devices = settings.events() / 2;
            target.create(devices);
            target.offerAll(target.plannedRollout());
            long events = Math.max(2L * devices, settings.events());
            target.server().kill();
            target.restart(true);
            Duration ready = target.awaitReady();
            rows.add(Row.figure(
                    "ready after kill -9",
                    "%s with more than %,d events".formatted(seconds(ready), events),
                    "≤ 10 s with 200 000 events",
                    ready.toMillis() <= 10_000));
            rows.add(folding(target, "folding alone, from a cold start", true));
            target.server().close();
            removeViews(target.data());
            long began = System.nanoTime();
            target.restart(true);
            Duration first = target.awaitReady();
            target.until("/api/v1/fleet/summary", now -> now.path("devices").asInt() == devices);
            Duration rebuilt = Duration.ofNanos(System.nanoTime() - began);
            double rate = events / (rebuilt.toNanos() / 1e9);
            rows.add(Row.figure(
                    "all views rebuilt from events",
                    "%s (ready after %s), %,.0f events/s with the start"
                            .formatted(seconds(rebuilt), seconds(first), rate),
                    null,
                    null));
            rows.add(folding(target, "folding beside that rebuild", false));
        }
        return rows;
    }

    /** How quickly the start read history into memory, by the server's own account. */
    private static Row folding(Target target, String name, boolean promised) throws IOException, InterruptedException {
        double events = target.metric("muster_startup_replay_events");
        double seconds = target.metric("muster_startup_replay_seconds");
        double rate = events / seconds;
        return Row.figure(
                name,
                String.format(Locale.ROOT, "%,.0f events in %.2f s, %,.0f events/s", events, seconds, rate),
                promised ? "≥ 50 000 events/s for what only folds" : null,
                promised ? rate >= 50_000 : null);
    }

    static List<Row> start(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        List<Row> rows = new ArrayList<>();
        try (Target target = Target.start(settings)) {
            for (boolean cached : new boolean[] {true, false}) {
                List<Duration> times = new ArrayList<>();
                long cpu = 0;
                for (int i = 0; i < STARTS; i++) {
                    target.server().close();
                    times.add(target.restart(cached).awaitOk("/livez"));
                    cpu += Proc.cpuNanos(target.server().pid());
                }
                times.sort(Comparator.naturalOrder());
                Duration median = times.get(STARTS / 2);
                boolean used = cached && Files.exists(settings.app().resolve("muster.aot"));
                String name = used ? "first answer, with start-up cache" : "first answer, without cache";
                rows.add(Row.figure(
                        name,
                        "median %s of %d (%s to %s), CPU %.1f s"
                                .formatted(
                                        seconds(median),
                                        STARTS,
                                        seconds(times.getFirst()),
                                        seconds(times.getLast()),
                                        cpu / 1e9 / STARTS),
                        used ? "≤ 3 s" : null,
                        used ? median.toMillis() <= 3_000 : null));
            }
        }
        return rows;
    }

    /** The views are disposable: events stay, everything that follows from them goes. */
    private static void removeViews(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("views"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Bytes of live objects after a full collection, from the JVM's own class histogram. */
    private static long liveHeap(BenchSettings settings, Target target) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        settings.java().resolveSibling("jcmd").toString(),
                        Long.toString(target.server().pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return said.lines()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.trim().split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "jcmd told no total: " + said.lines().findFirst().orElse("")));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }
}
