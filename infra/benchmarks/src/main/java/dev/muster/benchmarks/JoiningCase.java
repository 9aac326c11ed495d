package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Devices come to match a rollout that others may still join: from the answer to the attributes a device sends, at a
 * steady rate, to the poll that shows it the update.
 */
final class JoiningCase {

    private static final int JOINERS = 1_000;
    /** Joiners before the clock runs. */
    private static final int WARM = 500;

    private static final int PER_SECOND = 100;
    private static final int GROUP_SIZE = 100;
    private static final Duration POLL_EVERY = Duration.ofMillis(10);
    private static final Duration GIVE_UP = Duration.ofSeconds(30);
    private static final long MICROS_MAX = 60_000_000L;

    private final Target target;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private JoiningCase(Target target) {
        this.target = target;
    }

    static List<Row> run(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings)) {
            int all = WARM + JOINERS + 1;
            target.create(Math.max(settings.devices(), all));
            introduce(target, all);
            String rollout = started(target);
            JoiningCase it = new JoiningCase(target);
            try {
                it.join(0, WARM);
                Row row = it.join(WARM, JOINERS);
                target.until(rollout, now -> Target.sum(now, "offered") == all);
                return List.of(row.promised("≤ 1 s, each of them", row.max() != null && row.max() <= 1_000_000));
            } finally {
                it.client.shutdownNow();
            }
        }
    }

    /** Each has polled and told where it is; the last of them is the rollout's first member. */
    private static void introduce(Target target, int devices) throws IOException, WireFault, InterruptedException {
        List<byte[]> polls = new ArrayList<>();
        List<byte[]> attributes = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            polls.add(Requests.get(Target.controller(i), target.gateway()));
            String wave = i == devices - 1 ? "now" : "later";
            attributes.add(Requests.put(Target.controller(i) + "/configData", target.gateway(), wave(wave)));
        }
        target.all(polls);
        target.all(attributes);
        target.until(
                "/api/v1/devices?filter=attribute.wave%3D%3Dnow",
                page -> page.path("items").size() == 1);
    }

    private static String started(Target target) throws WireFault, InterruptedException {
        Map<String, ?> group = Map.of("name", "First", "percent", 100, "successPercent", 0, "errorPercent", 100);
        String rollout = target.planned(Map.of(
                "name",
                "Wave",
                "releaseId",
                target.release(),
                "filter",
                "attribute.wave==now",
                "groups",
                List.of(group),
                "joining",
                Map.of("groupSize", GROUP_SIZE, "successPercent", 0, "errorPercent", 100)));
        target.offerAll(rollout);
        return rollout;
    }

    /** So many devices from this one on join, one after the other at the rate; what each waited for its update. */
    private Row join(int from, int devices) throws InterruptedException {
        Histogram micros = new ConcurrentHistogram(MICROS_MAX, 3);
        LongAdder faults = new LongAdder();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < devices; i++) {
                long due = began + i * (1_000_000_000L / PER_SECOND) - System.nanoTime();
                if (due > 0) {
                    TimeUnit.NANOSECONDS.sleep(due);
                }
                int device = from + i;
                threads.execute(() -> joinOne(device, micros, faults));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Row(
                "attribute changed → update shown",
                micros.getTotalCount() / seconds,
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(99),
                micros.getMaxValue(),
                null,
                faults.sum(),
                null,
                null,
                "%,d devices join at %d/s, each polls every %d ms"
                        .formatted(devices, PER_SECOND, POLL_EVERY.toMillis()));
    }

    private void joinOne(int device, Histogram micros, LongAdder faults) {
        try {
            HttpRequest change = request(Target.controller(device) + "/configData")
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(wave("now")))
                    .build();
            if (client.send(change, BodyHandlers.discarding()).statusCode() != 200) {
                faults.increment();
                return;
            }
            long changed = System.nanoTime();
            HttpRequest poll = request(Target.controller(device)).build();
            while (System.nanoTime() - changed < GIVE_UP.toNanos()) {
                HttpResponse<String> answer = client.send(poll, BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    faults.increment();
                    return;
                }
                if (answer.body().contains("/deploymentBase/")) {
                    micros.recordValue(Math.clamp((System.nanoTime() - changed) / 1_000, 1, MICROS_MAX));
                    return;
                }
                Thread.sleep(POLL_EVERY);
            }
            faults.increment();
        } catch (IOException e) {
            faults.increment();
        } catch (InterruptedException e) {
            faults.increment();
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(target.server().uri() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", target.gateway());
    }

    private static String wave(String wave) {
        return "{\"mode\":\"merge\",\"data\":{\"wave\":\"" + wave + "\"}}";
    }
}
