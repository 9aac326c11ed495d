package dev.muster.updates.query;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.Fleet.FleetQuery;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How fast and how big the index is with 100 000 devices. Run by hand; prints one line per question. */
final class FleetTiming {

    private static final int DEVICES = 100_000;
    private static final int IN_FLIGHT = 4;
    private static final int QUESTIONS = 400;

    private static final java.lang.management.ThreadMXBean CPU =
            java.lang.management.ManagementFactory.getThreadMXBean();

    private FleetTiming() {}

    public static void main(String[] args) throws Exception {
        TestFleet fleet = new TestFleet();
        long before = used();
        long start = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < DEVICES; i++) {
            fill(fleet, i);
        }
        System.out.printf(
                "fold %.0f events per second of CPU%n", 3e9 * DEVICES / (CPU.getCurrentThreadCpuTime() - start));
        System.out.printf("heap %d bytes/device%n", (used() - before) / DEVICES);
        ask(fleet, "page by id", new FleetQuery("attribute.line==line-7", null, null, null, 100, false));
        ask(fleet, "rare hit, whole scan", new FleetQuery("attribute.serial==*99999*", null, null, null, 100, true));
        ask(fleet, "sorted by name, counted", new FleetQuery("group==site-3*", null, "-name", null, 100, true));
        ask(fleet, "sorted by lastseen", new FleetQuery("presence==online", null, "-lastseen", null, 100, false));
        ask(fleet, "free text", new FleetQuery(null, "line-7 9999", null, null, 100, true));
        ask(
                fleet,
                "8 terms",
                new FleetQuery(
                        "(group==site-1*,group==site-2*);tag==t3;attribute.line!=line-9;updatestatus==pending;"
                                + "assigned.version=ge=1.5;name==*7*;lastseen!=''",
                        null,
                        "name",
                        null,
                        100,
                        true));
    }

    private static void fill(TestFleet fleet, int i) {
        DeviceId id = new DeviceId("device-%06d".formatted(i));
        Instant at = MemoryLog.START.plusMillis(i);
        fleet.index.apply(recorded(
                i,
                at,
                new DeviceRegistered(
                        id,
                        "Robot " + i * 7919L % DEVICES,
                        new String("site-" + i % 40),
                        List.of(new String("t" + i % 5)),
                        Map.of("feed", new String(i % 2 == 0 ? "qa" : "prod")),
                        "http://10.1." + i / 256 + "." + i % 256,
                        "digest",
                        Origin.BULK)));
        fleet.index.apply(recorded(
                i,
                at,
                new AttributesReported(
                        id,
                        Map.of(
                                "hw_boardname", new String("rpi5"),
                                "hw_revision", new String("1.1"),
                                "line", new String("line-" + i % 20),
                                "serial", "SN-" + i + "-" + i * 31L,
                                "mac", "aa:bb:cc:%02x:%02x:%02x".formatted(i >> 16, i >> 8 & 255, i & 255)))));
        fleet.index.apply(recorded(
                i,
                at,
                new dev.muster.updates.ActionEvent.ActionAssigned(
                        id,
                        i + 1,
                        TestFleet.release("os", "1." + i % 10),
                        false,
                        dev.muster.updates.ActionType.FORCED,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
        fleet.heartbeats.heard(id, fleet.clock.instant().minusSeconds(i % 900));
    }

    private static Recorded recorded(int i, Instant at, Object event) {
        return new Recorded(i, "e", at, event, "a", 0, Map.of());
    }

    private static void ask(TestFleet fleet, String what, FleetQuery query) throws InterruptedException {
        long[] nanos = new long[QUESTIONS];
        long[] cpu = new long[QUESTIONS];
        for (int round = 0; round < 2; round++) {
            AtomicInteger next = new AtomicInteger();
            ExecutorService pool = Executors.newFixedThreadPool(IN_FLIGHT);
            for (int t = 0; t < IN_FLIGHT; t++) {
                pool.submit(() -> {
                    for (int i = next.getAndIncrement(); i < QUESTIONS; i = next.getAndIncrement()) {
                        long start = System.nanoTime();
                        long startCpu = CPU.getCurrentThreadCpuTime();
                        fleet.index.page(query);
                        cpu[i] = CPU.getCurrentThreadCpuTime() - startCpu;
                        nanos[i] = System.nanoTime() - start;
                    }
                });
            }
            pool.shutdown();
            pool.awaitTermination(5, TimeUnit.MINUTES);
        }
        Arrays.sort(nanos);
        Arrays.sort(cpu);
        System.out.printf(
                "%-26s p50 %6.1f ms  p99 %6.1f ms  cpu p50 %5.1f p99 %5.1f ms  hits %s%n",
                what,
                nanos[QUESTIONS / 2] / 1e6,
                nanos[QUESTIONS * 99 / 100] / 1e6,
                cpu[QUESTIONS / 2] / 1e6,
                cpu[QUESTIONS * 99 / 100] / 1e6,
                fleet.index.page(query).count());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
