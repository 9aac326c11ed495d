package dev.muster.server.apps;

import dev.muster.wamp.RouterMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** What Prometheus reads about the agents' wire. Numbers come from memory. */
public final class WampMetrics implements MeterBinder {

    private final RouterMetrics router;

    public WampMetrics(RouterMetrics router) {
        this.router = router;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("muster.wamp.sessions", router, RouterMetrics::sessions)
                .description("Agents that are signed in")
                .register(registry);
        count(registry, "messages", "Messages of agents", RouterMetrics::messages);
        count(registry, "calls", "Calls of agents and to them", RouterMetrics::calls);
        count(registry, "publications", "What agents and this server published", RouterMetrics::publications);
        count(registry, "events.dropped", "Events that somebody was too slow for", RouterMetrics::eventsDropped);
        count(registry, "sessions.slow", "Sessions ended as they took no answers", RouterMetrics::sessionsTooSlow);
        count(registry, "violations", "Connections ended for what they sent", RouterMetrics::violations);
        count(registry, "refusals", "Agents that were not let in", RouterMetrics::refusals);
        count(registry, "takeovers", "Sessions ended by a newer one of the same agent", RouterMetrics::takeovers);
    }

    private void count(MeterRegistry registry, String name, String what, ToDoubleFunction<RouterMetrics> number) {
        FunctionCounter.builder("muster.wamp." + name, router, number)
                .description(what)
                .register(registry);
    }
}
