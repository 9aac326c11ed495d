package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Operators' traffic: registering devices, seeing them, and listing a large fleet. */
final class RegistryCases {

    private static final int VISIBLE_PER_SECOND = 1_000;

    private RegistryCases() {}

    static List<Row> register(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings)) {
            int[] next = {0};
            Row row = target.measure(
                    "register a device, 64 in flight",
                    64,
                    () -> Requests.post(
                            "/api/v1/devices",
                            target.bearer(),
                            "{\"id\":\"reg-%07d\",\"group\":\"bench\"}".formatted(next[0]++)));
            return List.of(
                    row.promised("≥ 1 000/s", PollCase.perSecond(row) >= 1_000), visible(settings, target, next[0]));
        }
    }

    /** Registers at a steady rate and asks each time for what was written: from the request to the device in the view. */
    private static Row visible(BenchSettings settings, Target target, int from)
            throws InterruptedException, IOException {
        Histogram times = new ConcurrentHistogram(1, 60_000_000L, 3);
        int count = (int) (settings.round().toSeconds() * VISIBLE_PER_SECOND);
        List<Future<Boolean>> running = new ArrayList<>();
        long cpu = Proc.cpuNanos(target.server().pid());
        long began = System.nanoTime();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long due = began + i * (1_000_000_000L / VISIBLE_PER_SECOND);
                LockSupport.parkNanos(due - System.nanoTime());
                String id = "see-%07d".formatted(from + i);
                // Measured from when it was due: a server that stalls does not slow the questions.
                running.add(threads.submit(() -> writeAndRead(client, target, id, due, times)));
            }
        }
        long errors = running.stream()
                .filter(f -> f.state() != Future.State.SUCCESS || !f.resultNow())
                .count();
        LoadResult result =
                new LoadResult(times, System.nanoTime() - began, errors == 0 ? Map.of() : Map.of(0, errors));
        Row row = Row.of(
                "command → visible at 1000/s",
                result,
                Proc.cpuNanos(target.server().pid()) - cpu);
        return row.promised("p99 ≤ 150 ms", PollCase.p99(row) <= 150_000);
    }

    private static boolean writeAndRead(HttpClient client, Target target, String id, long due, Histogram times)
            throws IOException, InterruptedException {
        URI devices = URI.create(target.server().uri() + "/api/v1/devices");
        HttpResponse<Void> written = client.send(
                HttpRequest.newBuilder(devices)
                        .header("Authorization", target.bearer())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"id\":\"" + id + "\"}"))
                        .build(),
                BodyHandlers.discarding());
        String position = written.headers().firstValue("Muster-Position").orElse("");
        HttpResponse<Void> seen = client.send(
                HttpRequest.newBuilder(URI.create(devices + "/" + id))
                        .header("Authorization", target.bearer())
                        .header("Muster-Min-Position", position)
                        .build(),
                BodyHandlers.discarding());
        times.recordValue(Math.max(1, (System.nanoTime() - due) / 1000));
        return written.statusCode() == 201 && seen.statusCode() == 200;
    }

    static List<Row> list(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings)) {
            long began = System.nanoTime();
            target.create(settings.devices());
            double seconds = (System.nanoTime() - began) / 1e9;
            List<byte[]> pages = new ArrayList<>();
            for (int site = 0; site < 50; site++) {
                pages.add(Requests.get("/api/v1/devices?limit=100&filter=group%3D%3Dsite-" + site, target.bearer()));
                pages.add(Requests.get(
                        "/api/v1/devices?limit=100&filter=metadata.feed%3D%3Dqa%3Bgroup%3D%3Dsite-" + site / 10 * 10,
                        target.bearer()));
            }
            Row row = target.measure(
                    "page of 100 of %,d, filter, 4 in flight".formatted(settings.devices()), 4, Requests.inTurn(pages));
            return List.of(
                    Row.figure(
                            "devices created in bulk",
                            "%,d in %.1f s, RSS %,d MiB"
                                    .formatted(
                                            settings.devices(),
                                            seconds,
                                            Proc.rss(target.server().pid()) >> 20),
                            "RSS ≤ 500 MiB with 100 000 devices",
                            Proc.rss(target.server().pid()) >> 20 <= 500),
                    row.promised("p99 ≤ 100 ms", PollCase.p99(row) <= 100_000));
        }
    }
}
