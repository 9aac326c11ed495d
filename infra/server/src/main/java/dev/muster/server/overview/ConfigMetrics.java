package dev.muster.server.overview;

import dev.muster.config.Registries.Definition;
import dev.muster.config.follow.FollowMetrics;
import dev.muster.config.follow.FollowMetrics.PollOutcome;
import dev.muster.config.query.DatabagIndex;
import dev.muster.config.query.DriftIndex;
import dev.muster.config.query.RegistryIndex;
import dev.muster.server.http.HttpJson;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus reads about configuration. Registries are labels, for there are as many as somebody defined; devices
 * never are. Numbers come from memory.
 */
public final class ConfigMetrics implements MeterBinder {

    private final RegistryIndex registries;
    private final DatabagIndex databags;
    private final DriftIndex drift;
    private final ConfigCounts counts;
    private final FollowMetrics follow;
    private volatile @Nullable MultiGauge drifting;

    public ConfigMetrics(
            RegistryIndex registries,
            DatabagIndex databags,
            DriftIndex drift,
            ConfigCounts counts,
            FollowMetrics follow) {
        this.registries = registries;
        this.databags = databags;
        this.drift = drift;
        this.counts = counts;
        this.follow = follow;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("muster.config.registries", registries, all -> all.all().size())
                .description("Registries of configuration")
                .register(registry);
        Gauge.builder("muster.config.databags", databags, DatabagIndex::size)
                .description("Databags of all registries and layers")
                .register(registry);
        FunctionCounter.builder("muster.config.writes", counts, ConfigCounts::writes)
                .description("Writes to databags")
                .register(registry);
        FunctionCounter.builder("muster.config.refusals", counts, ConfigCounts::refused)
                .description("Orders about configuration that were refused")
                .register(registry);
        Gauge.builder("muster.config.followers", follow, FollowMetrics::following)
                .description("Devices that wait for news of their wishes, by a poll or a stream")
                .register(registry);
        for (PollOutcome outcome : PollOutcome.values()) {
            FunctionCounter.builder("muster.config.polls", follow, all -> all.polls(outcome))
                    .description("Questions of devices for their wishes")
                    .tag("outcome", HttpJson.wireName(outcome))
                    .register(registry);
        }
        FunctionCounter.builder("muster.config.reports", follow, FollowMetrics::applied)
                .description("What devices say became of their wishes")
                .tag("status", "applied")
                .register(registry);
        FunctionCounter.builder("muster.config.reports", follow, FollowMetrics::failed)
                .description("What devices say became of their wishes")
                .tag("status", "failed")
                .register(registry);
        drifting = MultiGauge.builder("muster.config.devices.drifting")
                .description("Devices that do not have what they should, by registry")
                .register(registry);
    }

    /** Writes the rows of the registries anew. Called on a timer. */
    public void refresh() {
        MultiGauge rows = drifting;
        if (rows == null) {
            return;
        }
        List<MultiGauge.Row<?>> all = new ArrayList<>();
        for (Definition each : registries.all()) {
            all.add(MultiGauge.Row.of(Tags.of("registry", each.id().toString()), drift.count(each.id())));
        }
        rows.register(all, true);
    }
}
