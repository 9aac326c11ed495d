package dev.muster.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Load before the measured round, in short rounds until two that follow each other agree and the compiler rests. A JVM
 * on two cores compiles for a minute beside its work; measured earlier, a figure shows the compiler and not the server.
 *
 * @param took how long it was
 * @param steady whether it ended so, or the time was over
 * @param figures what each round came to
 */
record WarmUp(Duration took, boolean steady, List<Double> figures) {

    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration MAX = Duration.ofSeconds(90);
    private static final double ALIKE = 0.05;
    /** Of one core. */
    private static final double COMPILING_MAX = 0.15;

    /** One round of load. */
    interface Round {
        /** Answers what has to settle: the throughput, or what an answer costs. */
        double load(Duration length) throws IOException;
    }

    /** What a JVM's compiler has worked so far, in nanoseconds. */
    interface Compiling {
        long nanos() throws IOException;
    }

    /** The same requests as in the measured round, until their throughput is steady. */
    static WarmUp underLoad(Child server, int inFlight, Supplier<byte @Nullable []> requests) throws IOException {
        return untilSteady(server.pid(), length -> LoadClient.run(server.port(), inFlight, length, requests)
                .perSecond());
    }

    /**
     * Loads until it is steady, at most for a minute and a half and one round, and says on stderr how long it took.
     *
     * @param pid the server's process
     */
    static WarmUp untilSteady(long pid, Round round) throws IOException {
        WarmUp warm = untilSteady(round, () -> Proc.compilerNanos(pid), System::nanoTime);
        System.err.println("  " + warm.words() + ": "
                + warm.figures.stream()
                        .map(figure -> String.format(Locale.ROOT, "%.0f", figure))
                        .collect(Collectors.joining(", ")));
        return warm;
    }

    static WarmUp untilSteady(Round round, Compiling compiling, LongSupplier nanos) throws IOException {
        long began = nanos.getAsLong();
        List<Double> figures = new ArrayList<>();
        while (true) {
            long compiledBefore = compiling.nanos();
            figures.add(round.load(ROUND));
            Duration took = Duration.ofNanos(nanos.getAsLong() - began);
            boolean steady = agree(figures) && compiling.nanos() - compiledBefore <= COMPILING_MAX * ROUND.toNanos();
            if (steady || took.compareTo(MAX) >= 0) {
                return new WarmUp(took, steady, List.copyOf(figures));
            }
        }
    }

    private static boolean agree(List<Double> figures) {
        if (figures.size() < 2) {
            return false;
        }
        double last = figures.getLast();
        double before = figures.get(figures.size() - 2);
        return Math.abs(last - before) < ALIKE * Math.max(last, before);
    }

    String words() {
        return (steady ? "steady after " : "not steady after ") + took.toSeconds() + " s";
    }
}
