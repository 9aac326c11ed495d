package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The COS wire: agents register, the charm lists. */
final class CosCases {

    private static final String DEVICES = "/cos/api/v1/devices/";
    private static final int LISTED = 1_000;

    private CosCases() {}

    static List<Row> cos(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings)) {
            List<byte[]> devices = new ArrayList<>();
            for (int i = 0; i < LISTED; i++) {
                devices.add(enrolment(target, "listed-%04d".formatted(i)));
            }
            LoadResult made = LoadClient.run(target.server().port(), 16, Duration.ofMinutes(1), Requests.once(devices));
            if (made.errors() > 0) {
                throw new IOException("devices could not be registered: " + made.statuses());
            }
            byte[] list = Requests.get(DEVICES, target.bearer());
            Row listed = target.measure("COS list of 1 000 devices, 8 in flight", 8, () -> list);
            int[] next = {0};
            Row registered = target.measure(
                    "COS register a device, 64 in flight",
                    64,
                    () -> enrolment(target, "robot-%07d".formatted(next[0]++)));
            return List.of(
                    listed.promised("p99 ≤ 50 ms", PollCase.p99(listed) <= 50_000),
                    registered.promised("≥ 1 000/s", PollCase.perSecond(registered) >= 1_000));
        }
    }

    private static byte[] enrolment(Target target, String uid) {
        return Requests.post(
                DEVICES,
                target.bearer(),
                "{\"address\": \"10.0.0.1\", \"public_ssh_key\": \"ssh-rsa AAAA\", \"grafana_dashboards\": [], "
                        + "\"uid\": \"" + uid + "\"}");
    }
}
