package dev.muster.server.policy;

import dev.muster.kernel.Recorded;
import dev.muster.kernel.Vault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events that a policy could not react to, with all later ones of the same aggregate behind them in order. Kept as
 * positions: the events themselves are in the log.
 */
public final class ParkedEvents {

    private static final String PREFIX = "parked/";

    private final Vault vault;
    private final Map<String, Map<String, Integer>> waiting = new ConcurrentHashMap<>();

    public ParkedEvents(Vault vault) {
        this.vault = vault;
        vault.scan(PREFIX).keySet().forEach(key -> count(key.split("/", 4)[1], aggregateIn(key)));
    }

    /** One parked event. */
    public record Parked(String policy, String aggregate, long position, String cause) {}

    boolean any(String policy) {
        return !waiting.getOrDefault(policy, Map.of()).isEmpty();
    }

    /** Parks the event too when an earlier one of its aggregate is parked; says whether it did. */
    boolean behind(String policy, Recorded recorded) {
        String aggregate = aggregate(recorded);
        if (!waiting.getOrDefault(policy, Map.of()).containsKey(aggregate)) {
            return false;
        }
        put(policy, aggregate, recorded.position(), "behind an earlier one");
        return true;
    }

    void park(String policy, Recorded recorded, Throwable cause) {
        put(policy, aggregate(recorded), recorded.position(), String.valueOf(cause));
    }

    /** All of them, oldest first within an aggregate. */
    public List<Parked> all() {
        List<Parked> all = new ArrayList<>();
        vault.scan(PREFIX).forEach((key, cause) -> {
            String[] parts = key.split("/", 4);
            all.add(new Parked(
                    parts[1], aggregateIn(key), Long.parseLong(parts[2]), new String(cause, StandardCharsets.UTF_8)));
        });
        return all;
    }

    /** Takes one out after it was reacted to. */
    void unpark(Parked done) {
        vault.delete(key(done.policy(), done.position(), done.aggregate()));
        waiting.computeIfPresent(done.policy(), (policy, aggregates) -> {
            aggregates.computeIfPresent(done.aggregate(), (aggregate, count) -> count == 1 ? null : count - 1);
            return aggregates;
        });
    }

    /** How many events wait, over all policies. */
    public int size() {
        return waiting.values().stream()
                .mapToInt(each ->
                        each.values().stream().mapToInt(Integer::intValue).sum())
                .sum();
    }

    private void put(String policy, String aggregate, long position, String cause) {
        vault.put(key(policy, position, aggregate), cause.getBytes(StandardCharsets.UTF_8));
        count(policy, aggregate);
    }

    private static String key(String policy, long position, String aggregate) {
        return PREFIX + policy + "/" + String.format("%019d", position) + "/" + aggregate;
    }

    private void count(String policy, String aggregate) {
        waiting.computeIfAbsent(policy, p -> new ConcurrentHashMap<>()).merge(aggregate, 1, Integer::sum);
    }

    private static String aggregate(Recorded recorded) {
        return recorded.aggregate() == null ? recorded.id() : recorded.aggregate();
    }

    private static String aggregateIn(String key) {
        return key.split("/", 4)[3];
    }
}
