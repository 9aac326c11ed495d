package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators' traffic: registering devices, seeing them, and listing a large fleet. */
final class RegistryCases {

    private static final String DEVICES = "/api/v1/devices";
    private static final int VISIBLE_PER_SECOND = 1_000;
    private static final int VISIBLE_IN_FLIGHT = 128;

    private RegistryCases() {}

    static List<Row> register(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings)) {
            int[] next = {0};
            Row row = target.measure(
                    "register a device, 64 in flight",
                    64,
                    () -> Requests.post(
                            DEVICES,
                            target.bearer(),
                            "{\"id\":\"reg-%07d\",\"group\":\"bench\"}".formatted(next[0]++)));
            return List.of(row.promised("≥ 1 000/s", PollCase.perSecond(row) >= 1_000), visible(settings, target));
        }
    }

    /** Registers at a steady rate and asks each time for what was written: from when it was due to the device in the answer. */
    private static Row visible(BenchSettings settings, Target target) throws IOException {
        int[] rounds = {0};
        WarmUp warm = WarmUp.untilSteady(target.server().pid(), length -> {
            long cpu = Proc.cpuNanos(target.server().pid());
            LoadResult result = writeAndRead(target, rounds[0]++, length);
            return (Proc.cpuNanos(target.server().pid()) - cpu) / 1000.0 / Math.max(1, result.answered());
        });
        long cpu = Proc.cpuNanos(target.server().pid());
        LoadResult result = writeAndRead(target, rounds[0], settings.round());
        Row row = Row.of(
                        "command → visible at 1000/s",
                        result,
                        Proc.cpuNanos(target.server().pid()) - cpu)
                .noted(warm.words());
        boolean atRate = PollCase.perSecond(row) >= 0.95 * VISIBLE_PER_SECOND;
        return row.promised("p99 ≤ 150 ms at that rate", atRate && PollCase.p99(row) <= 150_000);
    }

    private static LoadResult writeAndRead(Target target, int round, Duration length) throws IOException {
        return SteadyRate.run(target.server().port(), VISIBLE_PER_SECOND, VISIBLE_IN_FLIGHT, length, new Operation() {
            @Override
            public byte[] first(int number) {
                return Requests.post(DEVICES, target.bearer(), "{\"id\":\"" + id(number) + "\"}");
            }

            @Override
            public byte @Nullable [] next(int number, Lane answer) {
                String position = answer.header("muster-position");
                return position == null ? null : Requests.get(DEVICES + "/" + id(number), target.bearer(), position);
            }

            private String id(int number) {
                return "see-%d-%06d".formatted(round, number);
            }
        });
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
