package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Polls without an action, and beside them in turn a bare route with the same JVM options: when both are warm, A, B, A, B. */
final class PollCase {

    private static final int DEVICES = 1_000;
    private static final int IN_FLIGHT = 32;
    private static final int TURNS = 2;

    private PollCase() {}

    static List<Row> run(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        Path log = Files.createTempFile("muster-bare-route", ".log");
        try (Target target = Target.start(settings);
                Child bare = bareRoute(settings, log)) {
            bare.awaitOk("/bare");
            target.introduce(DEVICES);
            List<byte[]> polls = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                polls.add(Requests.get(Target.controller(i), target.gateway()));
            }
            Turns ours = new Turns(target.server(), Requests.inTurn(polls));
            Turns theirs = new Turns(bare, Requests.inTurn(List.of(Requests.get("/bare", ""))));
            String warmed = ours.warmUp().words();
            String theirsWarmed = theirs.warmUp().words();
            for (int turn = 0; turn < TURNS; turn++) {
                ours.load(settings);
                theirs.load(settings);
            }
            Row poll = ours.row("poll, no action, 1000 devices").noted(warmed);
            Row route = theirs.row("bare WebFlux route").noted(theirsWarmed);
            double share = perSecond(poll) / perSecond(route);
            return List.of(
                    poll.promised(
                            "≥ 10 000/s, p99 ≤ 60 ms, ≤ 100 µs",
                            perSecond(poll) >= 10_000 && p99(poll) <= 60_000 && cpu(poll) <= 100),
                    route,
                    Row.figure(
                            "poll beside the bare route",
                            String.format(
                                    Locale.ROOT,
                                    "%.0f %% of its requests a second, %.0f %% of its CPU time a request",
                                    100 * share,
                                    100 * cpu(poll) / cpu(route)),
                            "≥ 80 % of the requests a second",
                            share >= 0.8));
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static Child bareRoute(BenchSettings settings, Path log) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(settings.java().toString());
        words.addAll(settings.jvm());
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.add(BareRoute.class.getName());
        return Child.start(words, Child.freePort(), log);
    }

    /** All rounds of one side. */
    private static final class Turns {
        private final Child child;
        private final Supplier<byte @Nullable []> requests;
        private @Nullable LoadResult sum;
        private long cpu;

        Turns(Child child, Supplier<byte @Nullable []> requests) {
            this.child = child;
            this.requests = requests;
        }

        void load(BenchSettings settings) throws IOException {
            long before = Proc.cpuNanos(child.pid());
            LoadResult result = LoadClient.run(child.port(), IN_FLIGHT, settings.round(), requests);
            cpu += Proc.cpuNanos(child.pid()) - before;
            sum = sum == null ? result : sum.plus(result);
        }

        WarmUp warmUp() throws IOException {
            return WarmUp.underLoad(child, IN_FLIGHT, requests);
        }

        Row row(String name) {
            LoadResult all = sum;
            if (all == null) {
                throw new IllegalStateException("nothing was measured");
            }
            return Row.of(name, all, cpu);
        }
    }

    static double perSecond(Row row) {
        return row.perSecond() == null ? 0 : row.perSecond();
    }

    static double cpu(Row row) {
        return row.cpuMicros() == null ? Double.MAX_VALUE : row.cpuMicros();
    }

    static long p99(Row row) {
        return row.p99() == null ? Long.MAX_VALUE : row.p99();
    }
}
