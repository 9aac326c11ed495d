package dev.muster.updates.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.Point;
import dev.muster.updates.RolloutView.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two rollouts beside each other.
 *
 * @param plan what they were meant to do differently
 * @param reasons why devices failed in either, the most frequent first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutComparison(Side a, Side b, List<Difference> plan, List<ReasonPair> reasons) {

    /**
     * One of the two.
     *
     * @param success share of ended devices that succeeded, 0 to 1; null while none has ended
     * @param half from the start until half of those that take part had succeeded, or null
     * @param most the same for nine tenths
     * @param took from start to end, or null while it is not over
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Side(
            RolloutId id,
            String name,
            RolloutView.State state,
            Totals totals,
            @Nullable Double success,
            @Nullable Duration half,
            @Nullable Duration most,
            @Nullable Duration took) {}

    /** Sums over all groups. */
    public record Totals(
            int members,
            int offered,
            int skipped,
            int succeeded,
            int failed,
            int canceled,
            int retrying,
            int verifying) {

        public static Totals of(RolloutView rollout) {
            int[] sums = new int[8];
            for (RolloutView.Group each : rollout.groups()) {
                int[] one = {
                    each.size(),
                    each.offered(),
                    each.skipped(),
                    each.succeeded(),
                    each.failed(),
                    each.canceled(),
                    each.retrying(),
                    each.verifying()
                };
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += one[i];
                }
            }
            return new Totals(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
        }

        public int ended() {
            return succeeded + failed + canceled;
        }

        /** Offered and not over. */
        public int open() {
            return Math.max(0, offered - ended());
        }

        /** Share of ended devices that succeeded, 0 to 1; null while none has ended. */
        public @Nullable Double success() {
            return ended() == 0 ? null : (double) succeeded / ended();
        }
    }

    /** @param part of the plan, by its name in the API; nulls stand for nothing said */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Difference(
            String part, @Nullable String a, @Nullable String b) {}

    /** @param change {@code new} when only b has it, {@code gone} when only a has, else {@code both} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReasonPair(
            String key, String message, @Nullable Integer code, int a, int b, String change) {}

    public static RolloutComparison of(RolloutView a, RolloutView b) {
        return new RolloutComparison(side(a), side(b), differences(a.plan(), b.plan()), reasons(a, b));
    }

    private static Side side(RolloutView rollout) {
        Totals totals = Totals.of(rollout);
        Instant startedAt = rollout.startedAt();
        Instant endedAt = rollout.endedAt();
        return new Side(
                rollout.id(),
                rollout.plan().name(),
                rollout.state(),
                totals,
                totals.success(),
                reached(rollout, totals, 0.5),
                reached(rollout, totals, 0.9),
                startedAt == null || endedAt == null ? null : Duration.between(startedAt, endedAt));
    }

    /** When so much of those that take part had succeeded, as near as the plot's points lie. */
    static @Nullable Duration reached(RolloutView rollout, Totals totals, double share) {
        Instant startedAt = rollout.startedAt();
        int part = totals.members() - totals.skipped();
        if (startedAt == null || part <= 0) {
            return null;
        }
        for (Point point : rollout.progress()) {
            if (point.succeeded() >= share * part) {
                return Duration.between(startedAt, point.at());
            }
        }
        return null;
    }

    private static List<Difference> differences(RolloutPlan a, RolloutPlan b) {
        Map<String, String> one = PlanWords.of(a);
        Map<String, String> other = PlanWords.of(b);
        Set<String> parts = new LinkedHashSet<>(one.keySet());
        parts.addAll(other.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String part : parts) {
            if (!Objects.equals(one.get(part), other.get(part))) {
                differences.add(new Difference(part, one.get(part), other.get(part)));
            }
        }
        return differences;
    }

    private static List<ReasonPair> reasons(RolloutView a, RolloutView b) {
        Map<String, ReasonPair> pairs = new LinkedHashMap<>();
        for (Reason each : a.reasons()) {
            pairs.put(each.key(), new ReasonPair(each.key(), each.message(), each.code(), each.count(), 0, "gone"));
        }
        for (Reason each : b.reasons()) {
            ReasonPair known = pairs.get(each.key());
            pairs.put(
                    each.key(),
                    new ReasonPair(
                            each.key(),
                            each.message(),
                            each.code(),
                            known == null ? 0 : known.a(),
                            each.count(),
                            known == null ? "new" : "both"));
        }
        return pairs.values().stream()
                .sorted((one, other) -> Integer.compare(other.a() + other.b(), one.a() + one.b()))
                .toList();
    }
}
