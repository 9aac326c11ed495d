package dev.muster.benchmarks;

import dev.muster.apps.simulator.AgentFault;
import dev.muster.apps.simulator.AgentPlant;
import dev.muster.apps.simulator.AgentSettings;
import dev.muster.apps.simulator.DeviceFile;
import dev.muster.apps.simulator.SimulatedAgent;
import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Agents that run apps, each with a session of its own over a WebSocket: all of them at once, heartbeats beside each
 * other, and a thousand whose lines break.
 */
final class AgentCases {

    private static final int AGENTS = 5_000;
    /** Agents that begin at once; thousands would measure how quickly this machine opens sockets. */
    private static final int WAVE = 100;

    private static final int IN_FLIGHT = 64;
    private static final int BROKEN = 1_000;
    private static final Duration BREAKING = Duration.ofSeconds(10);
    private static final Duration BACK_MAX = Duration.ofSeconds(15);
    private static final int PER_SECOND = 3_000;
    private static final long MEBIBYTES_MAX = 512;

    private AgentCases() {}

    static List<Row> agents(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings);
                AgentPlant plant = new AgentPlant(Duration.ofSeconds(20))) {
            target.create(AGENTS);
            List<SimulatedAgent> agents = begun(target, plant);
            long rss = Proc.rss(target.server().pid()) >> 20;
            Row memory = Row.figure(
                    "agents with a session",
                    "%,d agents, %,d MiB".formatted(agents.size(), rss),
                    "≤ " + MEBIBYTES_MAX + " MiB",
                    rss <= MEBIBYTES_MAX);
            return List.of(memory, beats(settings, target, agents), broken(agents));
        }
    }

    private static List<SimulatedAgent> begun(Target target, AgentPlant plant) throws InterruptedException, WireFault {
        String endpoint = target.server().uri().toString().replace("http://", "ws://") + "/wamp";
        List<SimulatedAgent> agents = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            String file = target.operator()
                    .post("/api/v1/devices/" + Target.device(i) + "/agent", Map.of())
                    .toString();
            agents.add(new SimulatedAgent(DeviceFile.read(file).at(endpoint), AgentSettings.REAL, plant).start());
            if (i % WAVE == WAVE - 1) {
                until(agents, 1);
            }
        }
        until(agents, 1);
        return agents;
    }

    private static void until(List<SimulatedAgent> agents, int starts) throws InterruptedException, WireFault {
        long end = System.nanoTime() + BenchSettings.PATIENCE.toNanos();
        for (SimulatedAgent each : agents) {
            while (each.starts() < starts || !each.isUp()) {
                if (each.exited() != null || System.nanoTime() > end) {
                    throw new WireFault(0, "an agent did not come: " + each.exited());
                }
                Thread.sleep(5);
            }
        }
    }

    /** Calls to the cloud, each from another session, that change nothing. */
    private static Row beats(BenchSettings settings, Target target, List<SimulatedAgent> agents)
            throws IOException, InterruptedException {
        Histogram micros = new ConcurrentHistogram(60_000_000, 3);
        LongAdder faults = new LongAdder();
        long cpu = Proc.cpuNanos(target.server().pid());
        long began = System.nanoTime();
        long end = began + settings.round().toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int lane = 0; lane < IN_FLIGHT; lane++) {
                var unused = threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        long asked = System.nanoTime();
                        try {
                            agents.get(ThreadLocalRandom.current().nextInt(agents.size()))
                                    .beat();
                            micros.recordValue(Math.min(60_000_000, (System.nanoTime() - asked) / 1_000));
                        } catch (AgentFault e) {
                            faults.increment();
                        }
                    }
                    return null;
                });
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        cpu = Proc.cpuNanos(target.server().pid()) - cpu;
        long calls = micros.getTotalCount();
        double perSecond = calls / seconds;
        return new Row(
                        "agents' calls",
                        perSecond,
                        micros.getValueAtPercentile(50),
                        micros.getValueAtPercentile(99),
                        micros.getMaxValue(),
                        calls == 0 ? null : cpu / 1_000.0 / calls,
                        faults.sum(),
                        null,
                        null,
                        null)
                .promised("≥ 3 000/s", perSecond >= PER_SECOND);
    }

    /** Lines break one after the other; how long until all of them are up again. */
    private static Row broken(List<SimulatedAgent> agents) throws InterruptedException, WireFault {
        List<SimulatedAgent> some = agents.subList(0, BROKEN);
        long began = System.nanoTime();
        long each = BREAKING.toNanos() / BROKEN;
        for (int i = 0; i < some.size(); i++) {
            long due = began + i * each - System.nanoTime();
            if (due > 0) {
                TimeUnit.NANOSECONDS.sleep(due);
            }
            some.get(i).cut();
        }
        until(some, 2);
        Duration back = Duration.ofNanos(System.nanoTime() - began);
        long again = agents.subList(BROKEN, agents.size()).stream()
                .filter(agent -> agent.starts() > 1)
                .count();
        return Row.figure(
                "lines that break",
                "%,d within %d s, all back after %.1f s; %d others had to come again"
                        .formatted(BROKEN, BREAKING.toSeconds(), back.toMillis() / 1e3, again),
                "≤ " + BACK_MAX.toSeconds() + " s",
                back.compareTo(BACK_MAX) <= 0 && again == 0);
    }
}
