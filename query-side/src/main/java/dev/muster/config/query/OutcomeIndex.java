package dev.muster.config.query;

import dev.muster.config.RegistryId;
import dev.muster.config.WishOutcomeEvent;
import dev.muster.config.WishOutcomeEvent.WishApplied;
import dev.muster.config.WishOutcomes;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each device said last of what it should have. */
public final class OutcomeIndex implements Fold, WishOutcomes {

    private final Map<DeviceId, Map<RegistryId, Outcome>> outcomes = new ConcurrentHashMap<>();

    /**
     * @param tag of the wish it speaks of, which may be another one by now
     * @param message the device's own words, or null
     */
    public record Outcome(
            String tag, boolean applied, @Nullable String message, Instant at) {}

    @Override
    public String name() {
        return "wish-outcomes";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof WishOutcomeEvent event) {
            outcomes.computeIfAbsent(event.device(), any -> new ConcurrentHashMap<>())
                    .put(
                            event.registry(),
                            new Outcome(event.tag(), event instanceof WishApplied, event.message(), recorded.at()));
        }
    }

    public @Nullable Outcome of(RegistryId registry, DeviceId device) {
        return outcomes.getOrDefault(device, Map.of()).get(registry);
    }

    @Override
    public @Nullable String appliedTag(RegistryId registry, DeviceId device) {
        Outcome last = of(registry, device);
        return last != null && last.applied() ? last.tag() : null;
    }

    /** Registries of which the device ever told what became of them, in order. */
    public List<RegistryId> registries(DeviceId device) {
        return outcomes.getOrDefault(device, Map.of()).keySet().stream()
                .sorted()
                .toList();
    }
}
