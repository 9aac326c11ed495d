package dev.muster.server.overview;

import dev.muster.kernel.Positions;
import dev.muster.overview.view.Projections;
import dev.muster.server.Readiness;
import dev.muster.server.policy.ParkedEvents;
import dev.muster.server.policy.Policies;
import dev.muster.updates.DeviceView.Presence;
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.Feedback;
import dev.muster.updates.ddi.DdiMetrics;
import dev.muster.updates.ddi.PollOutcome;
import dev.muster.updates.query.FleetIndex;
import dev.muster.updates.query.FleetSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What Prometheus reads about the fleet and the machinery. No device id is ever a label. Numbers come from memory; the
 * fleet is counted at most once in a while, however often somebody scrapes.
 */
public final class MusterMetrics implements MeterBinder {

    private static final Duration COUNT_EVERY = Duration.ofSeconds(2);

    private final FleetIndex fleet;
    private final DdiMetrics ddi;
    private final Positions positions;
    private final Projections projections;
    private final Policies policies;
    private final ParkedEvents parked;
    private final RolloutCounts rollouts;
    private final Readiness readiness;
    /** The registry holds what it counts by weak reference only. */
    private final List<LongSupplier> counts = new ArrayList<>();

    private volatile Counted counted = new Counted(0, null);

    private record Counted(
            long at, @org.jspecify.annotations.Nullable FleetSummary summary) {}

    public MusterMetrics(
            FleetIndex fleet,
            DdiMetrics ddi,
            Positions positions,
            Projections projections,
            Policies policies,
            ParkedEvents parked,
            RolloutCounts rollouts,
            Readiness readiness) {
        this.fleet = fleet;
        this.ddi = ddi;
        this.positions = positions;
        this.projections = projections;
        this.policies = policies;
        this.parked = parked;
        this.rollouts = rollouts;
        this.readiness = readiness;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Presence presence : Presence.values()) {
            gauge(
                    registry,
                    "muster.devices.presence",
                    "Devices by presence",
                    "state",
                    presence,
                    summary -> summary.presence().getOrDefault(label(presence), 0));
        }
        for (UpdateStatus status : UpdateStatus.values()) {
            gauge(
                    registry,
                    "muster.devices",
                    "Devices by state of their software",
                    "state",
                    status,
                    summary -> summary.updateStatus().getOrDefault(label(status), 0));
        }
        for (PollOutcome outcome : PollOutcome.values()) {
            counter(
                    registry,
                    "muster.device.polls",
                    "Polls of devices",
                    Tags.of("outcome", label(outcome)),
                    () -> ddi.polls(outcome));
        }
        for (Feedback.Execution execution : Feedback.Execution.values()) {
            for (Feedback.Finished finished : Feedback.Finished.values()) {
                counter(
                        registry,
                        "muster.feedback",
                        "Feedback of devices",
                        Tags.of("execution", label(execution), "finished", label(finished)),
                        () -> ddi.feedback(execution, finished));
            }
        }
        counter(
                registry,
                "muster.rate.limited",
                "Requests refused for their pace",
                Tags.of("surface", "ddi"),
                ddi::flooded);
        counter(
                registry,
                "muster.auth.failures",
                "Requests refused for their credentials",
                Tags.of("surface", "ddi"),
                ddi::unauthorized);
        counter(registry, "muster.artifact.downloads", "Downloads started by devices", Tags.empty(), ddi::downloads);
        counter(registry, "muster.events.appended", "Events in the log", Tags.empty(), () -> positions.committed() + 1);
        Gauge.builder("muster.event.store.position", positions, Positions::committed)
                .description("Position of the newest durable event")
                .register(registry);
        Gauge.builder("muster.startup.replay.seconds", readiness, now -> now.replay()
                        .seconds())
                .description("How long the start read history into memory")
                .register(registry);
        Gauge.builder("muster.startup.replay.events", readiness, now -> now.replay()
                        .events())
                .description("Events the start read into memory")
                .register(registry);
        Gauge.builder("muster.dead.letters", parked, ParkedEvents::size)
                .description("Events that policies could not react to")
                .tag("group", "policies")
                .register(registry);
        rollouts.bindTo(registry);
        lags(registry);
    }

    private void lags(MeterRegistry registry) {
        lag(registry, "memory", positions::folded);
        for (var standing : projections.standings()) {
            lag(registry, standing.name(), () -> projections.standings().stream()
                    .filter(each -> each.name().equals(standing.name()))
                    .mapToLong(Projections.Standing::seen)
                    .findFirst()
                    .orElse(-1));
            Gauge.builder("muster.dead.letters", projections, all -> all.standings().stream()
                            .filter(each -> each.name().equals(standing.name()))
                            .mapToInt(Projections.Standing::deadLetters)
                            .sum())
                    .description("Events a view could not take")
                    .tag("group", standing.name())
                    .register(registry);
        }
        for (String policy : policies.positions().keySet()) {
            lag(registry, policy, () -> policies.positions().getOrDefault(policy, -1L));
        }
    }

    private void lag(MeterRegistry registry, String name, LongSupplier seen) {
        Gauge.builder("muster.projection.lag.events", () -> Math.max(0, positions.committed() - seen.getAsLong()))
                .description("Events that a reader of the log has not seen yet")
                .tag("projection", name)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String help,
            String key,
            Enum<?> value,
            Function<FleetSummary, Number> number) {
        Gauge.builder(name, () -> number.apply(summary()))
                .description(help)
                .tag(key, label(value))
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, String help, Tags tags, LongSupplier count) {
        counts.add(count);
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(help)
                .tags(tags)
                .register(registry);
    }

    private FleetSummary summary() {
        Counted last = counted;
        long now = System.nanoTime();
        FleetSummary known = last.summary();
        if (known != null && now - last.at() < COUNT_EVERY.toNanos()) {
            return known;
        }
        FleetSummary fresh = fleet.summary();
        counted = new Counted(now, fresh);
        return fresh;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
