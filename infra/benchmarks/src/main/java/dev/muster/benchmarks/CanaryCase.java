package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A large fleet gets a release that breaks its canaries, and then one that is good. Each device polls and answers over
 * HTTP; what they saw and said is compared with what the server counted.
 */
final class CanaryCase {

    private static final int DEVICES_MIN = 1_000;
    private static final double CANARY_PERCENT = 1;
    private static final double ERROR_PERCENT = 10;
    /** Four of five canaries break. */
    private static final int ONE_WORKS_OF = 5;
    /** Of all canaries a minute: three slices, two seconds apart, so that the first break while the others wait. */
    private static final int TIMES_PER_MINUTE = 10;

    /** Of the good release. */
    private static final int ONE_FAILS_OF = 1_000;

    private static final long BETWEEN_POLLS_MS = 20;

    private final Target target;
    private final int[] everybody;

    private CanaryCase(Target target, int devices) {
        this.target = target;
        this.everybody = IntStream.range(0, devices).toArray();
    }

    static List<Row> run(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        int devices = settings.devices();
        if (devices < DEVICES_MIN) {
            throw new IllegalArgumentException("it needs at least " + DEVICES_MIN + " devices");
        }
        try (Target target = Target.start(settings)) {
            long began = System.nanoTime();
            target.create(devices);
            List<Row> rows = new ArrayList<>();
            rows.add(Row.figure(
                    "devices registered in bulk",
                    "%,d in %s".formatted(devices, seconds(System.nanoTime() - began)),
                    null,
                    null));
            CanaryCase it = new CanaryCase(target, devices);
            rows.addAll(it.bad());
            rows.addAll(it.good());
            long pid = target.server().pid();
            rows.add(Row.figure(
                    "RSS after both",
                    "%,d MiB with %,d devices, %,d MiB at its peak"
                            .formatted(Proc.rss(pid) >> 20, devices, Proc.peakRss(pid) >> 20),
                    null,
                    null));
            return rows;
        }
    }

    /** The canaries break: it must pause before anybody else is touched. */
    private List<Row> bad() throws IOException, InterruptedException, WireFault {
        int[] canaries = IntStream.range(0, everybody.length / 100).toArray();
        String rollout = target.planned(Map.of(
                "name",
                "Bad",
                "releaseId",
                target.release(),
                "filter",
                "id==bench-*",
                "groups",
                groups(100 - ERROR_PERCENT, ERROR_PERCENT),
                "rate",
                Map.of("perMinute", canaries.length * TIMES_PER_MINUTE)));
        int allowed = (int) (canaries.length * ERROR_PERCENT / 100);
        Answering fleet = new Answering(target, device -> device % ONE_WORKS_OF != 0, allowed);
        target.operator().post(rollout + "/start", Map.of());
        long pausedNanos = pollUntilPaused(rollout, fleet, canaries);
        if (!fleet.hasCrossed()) {
            throw new WireFault(200, "it paused though only " + fleet.failed() + " failed");
        }
        fleet.poll(everybody);
        // What was on its way when it paused may have come to a canary after that device's turn.
        fleet.poll(canaries);
        JsonNode end = target.until(
                rollout, now -> Target.sum(now, "succeeded") + Target.sum(now, "failed") == fleet.touched());
        int late = offeredAfter(rollout, fleet.crossedAt());
        int others =
                fleet.touched() - end.path("groups").path(0).path("offered").asInt();
        target.operator().post(rollout + "/abort", Map.of());
        return List.of(
                Row.figure(
                        "too many canaries failed → paused",
                        "%s after the answer to that failure"
                                .formatted(seconds(Math.max(0, pausedNanos - fleet.crossedNanos()))),
                        null,
                        null),
                Row.truth(
                        "devices touched after that",
                        "%,d of %,d canaries, and %,d others".formatted(late, canaries.length, others),
                        "≤ one step of a group, which has %,d, and no others".formatted(canaries.length),
                        late <= canaries.length && others == 0),
                counted("counters of the bad release", end, fleet));
    }

    /** Answers when it was seen to be paused, as {@link System#nanoTime()}. */
    private long pollUntilPaused(String rollout, Answering fleet, int[] canaries)
            throws IOException, InterruptedException {
        try (ExecutorService watch = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> paused = watch.submit(() -> {
                target.until(rollout, now -> Target.isIn("paused", now));
                return System.nanoTime();
            });
            while (!paused.isDone()) {
                fleet.poll(canaries);
                Thread.sleep(BETWEEN_POLLS_MS);
            }
            return paused.get();
        } catch (ExecutionException e) {
            throw new IOException("it did not pause: " + e.getCause(), e);
        }
    }

    /** Gates that open as soon as a group is offered it: so the time is the server's own. Then every device answers. */
    private List<Row> good() throws IOException, InterruptedException, WireFault {
        String rollout = target.planned(Map.of(
                "name", "Good", "releaseId", target.release(), "filter", "id==bench-*", "groups", groups(0, 100)));
        long offered = target.offerAll(rollout).toNanos();
        Answering fleet = new Answering(target, device -> device % ONE_FAILS_OF == ONE_FAILS_OF - 1, everybody.length);
        long began = System.nanoTime();
        fleet.poll(everybody);
        JsonNode end = target.until(rollout, now -> Target.isIn("finished", now));
        long ended = System.nanoTime() - began;
        return List.of(
                Row.figure(
                        "start → all offered",
                        "%,d devices in three groups in %s".formatted(everybody.length, seconds(offered)),
                        "≤ 10 s for 100 000",
                        offered <= 10_000_000_000L),
                Row.figure(
                        "first poll → finished",
                        "%,d devices polled and answered in %s".formatted(fleet.touched(), seconds(ended)),
                        null,
                        null),
                counted("counters of the good release", end, fleet));
    }

    private static Row counted(String name, JsonNode end, Answering fleet) {
        int offered = Target.sum(end, "offered");
        int succeeded = Target.sum(end, "succeeded");
        int failed = Target.sum(end, "failed");
        boolean same = offered == fleet.touched()
                && succeeded == fleet.succeeded()
                && failed == fleet.failed()
                && Target.sum(end, "canceled") == 0;
        return Row.truth(
                name,
                "offered %,d, succeeded %,d, failed %,d; the devices say %,d, %,d, %,d"
                        .formatted(offered, succeeded, failed, fleet.touched(), fleet.succeeded(), fleet.failed()),
                "as the devices say",
                same);
    }

    /** How many members were given their action after this moment, by the server's own account. */
    private int offeredAfter(String rollout, Instant moment) throws WireFault, InterruptedException {
        int[] late = {0};
        eachMember(rollout, member -> {
            String at = member.path("offeredAt").asString("");
            if (!at.isEmpty() && Instant.parse(at).isAfter(moment)) {
                late[0]++;
            }
        });
        return late[0];
    }

    private void eachMember(String rollout, Consumer<JsonNode> each) throws WireFault, InterruptedException {
        String after = "";
        do {
            JsonNode page = target.operator().get(rollout + "/devices?limit=1000" + after);
            page.path("items").forEach(each);
            String next = page.path("next").asString("");
            after = next.isEmpty() ? "" : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!after.isEmpty());
    }

    private static List<Map<String, ?>> groups(double successPercent, double errorPercent) {
        return List.of(
                group("Canaries", CANARY_PERCENT, successPercent, errorPercent),
                group("Some", 10, successPercent, errorPercent),
                group("Everybody else", 89, successPercent, errorPercent));
    }

    private static Map<String, ?> group(String name, double percent, double successPercent, double errorPercent) {
        return Map.of("name", name, "percent", percent, "successPercent", successPercent, "errorPercent", errorPercent);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
