package dev.muster.benchmarks;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Devices in a rollout: many ids over a few connections. Each polls, and answers an update it is shown at once. What
 * they saw and said, and what the server took, is the truth that its counters are held against.
 */
final class Answering implements Operation {

    private static final int CONNECTIONS = 32;
    private static final Pattern ACTION = Pattern.compile("/deploymentBase/(\\d{1,10})");
    private static final String DONE = """
            {"status":{"execution":"closed","result":{"finished":"success"},"details":["Installed"]}}""";
    private static final String FAILED = """
            {"status":{"execution":"closed","result":{"finished":"failure"},"details":["Slot B does not boot"]}}""";

    private final Target target;
    private final IntPredicate fails;
    private final int failuresMax;
    private final Map<Integer, Integer> deviceOf = new HashMap<>();
    private final BitSet touched = new BitSet();
    private final BitSet telling = new BitSet();
    private int[] devices = {};
    private int next;
    private int succeeded;
    private int failed;
    private long crossedNanos;
    private @Nullable Instant crossedAt;

    /**
     * @param fails on which devices, by number, the installation fails
     * @param failuresMax so many failures are allowed; the moment of the next one is kept
     */
    Answering(Target target, IntPredicate fails, int failuresMax) {
        this.target = target;
        this.fails = fails;
        this.failuresMax = failuresMax;
    }

    /** These devices poll once each and answer what they find. Fails when the server refuses anything. */
    void poll(int... numbers) throws IOException {
        devices = numbers.clone();
        next = 0;
        deviceOf.clear();
        telling.clear();
        LoadResult result = LoadClient.run(target.server().port(), CONNECTIONS, BenchSettings.PATIENCE, this);
        if (result.errors() > 0 || result.answered() != numbers.length) {
            throw new IOException("not every device was served; answers by status: " + result.statuses());
        }
    }

    /** How many devices were shown an update. */
    int touched() {
        return touched.cardinality();
    }

    int succeeded() {
        return succeeded;
    }

    int failed() {
        return failed;
    }

    /** Whether more devices failed than are allowed to. */
    boolean hasCrossed() {
        return crossedAt != null;
    }

    /** {@link System#nanoTime()} when the failure that was one too many was answered. */
    long crossedNanos() {
        return crossedNanos;
    }

    /** The same as time of day. */
    Instant crossedAt() {
        return Objects.requireNonNull(crossedAt, "not so many failed");
    }

    @Override
    public byte @Nullable [] first(int number) {
        if (next == devices.length) {
            return null;
        }
        int device = devices[next++];
        deviceOf.put(number, device);
        return Requests.get(Target.controller(device), target.gateway());
    }

    @Override
    public byte @Nullable [] next(int number, Lane answer) {
        int device = Objects.requireNonNull(deviceOf.get(number), "it has polled");
        if (telling.get(device)) {
            telling.clear(device);
            if (answer.status() == 200) {
                taken(device);
            }
            return null;
        }
        Matcher action = ACTION.matcher(answer.text());
        if (!action.find()) {
            return null;
        }
        touched.set(device);
        telling.set(device);
        return Requests.post(
                Target.controller(device) + "/deploymentBase/" + action.group(1) + "/feedback",
                target.gateway(),
                fails.test(device) ? FAILED : DONE);
    }

    private void taken(int device) {
        if (!fails.test(device)) {
            succeeded++;
            return;
        }
        failed++;
        if (failed == failuresMax + 1) {
            crossedNanos = System.nanoTime();
            crossedAt = Clock.systemUTC().instant();
        }
    }
}
