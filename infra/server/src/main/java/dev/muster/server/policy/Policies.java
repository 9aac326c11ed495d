package dev.muster.server.policy;

import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Vault;
import dev.muster.server.log.Log;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** All policies at work. */
public final class Policies implements AutoCloseable {

    private final List<PolicyRunner> runners;

    public Policies(List<Policy> policies, Log log, Vault vault, ParkedEvents parked) {
        Places places = new Places(vault);
        this.runners = policies.stream()
                .map(policy -> new PolicyRunner(policy, log, places, parked))
                .toList();
    }

    public void start() {
        runners.forEach(PolicyRunner::start);
    }

    /** How far each has come, by name. */
    public Map<String, Long> positions() {
        Map<String, Long> positions = new TreeMap<>();
        runners.forEach(runner -> positions.put(runner.name(), runner.position()));
        return positions;
    }

    /** Tries what is parked of a policy for an aggregate once more; empty when there is no such policy. Blocks. */
    public OptionalInt retry(String policy, String aggregate, History history) {
        return runners.stream()
                .filter(runner -> runner.name().equals(policy))
                .mapToInt(runner -> runner.retry(aggregate, history::at))
                .findFirst();
    }

    @Override
    public void close() {
        runners.forEach(PolicyRunner::close);
    }
}
