package dev.muster.server.overview;

import dev.muster.config.Agents;
import dev.muster.config.ConfigTarget;
import dev.muster.config.poc.PollCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** What Prometheus reads about the configuration server's agents. Numbers come from memory. */
public final class PocMetrics implements MeterBinder {

    private final Agents agents;
    private final ConfigTarget target;
    private final PollCounts polls;

    public PocMetrics(Agents agents, ConfigTarget target, PollCounts polls) {
        this.agents = agents;
        this.target = target;
        this.polls = polls;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("muster.registries.agents", agents, Agents::size)
                .description("Agents that registered with the configuration server")
                .register(registry);
        Gauge.builder("muster.registries.target", target, it -> it.now().number())
                .description("Number of the target's version")
                .register(registry);
        polls(registry, "repeated", PollCounts::fromMemory);
        polls(registry, "unchanged", PollCounts::read);
        polls(registry, "changed", PollCounts::reported);
    }

    private void polls(MeterRegistry registry, String outcome, ToDoubleFunction<PollCounts> count) {
        FunctionCounter.builder("muster.registries.polls", polls, count)
                .description("Polls of agents, by what they told: the bytes, the values of the poll before, or others")
                .tag("outcome", outcome)
                .register(registry);
    }
}
