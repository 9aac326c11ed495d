package dev.muster.config.query;

import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.RegistryEvent;
import dev.muster.config.RegistryId;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When a definition or a databag was changed last, and by whom. */
public final class ChangeIndex implements Fold {

    private final Map<RegistryId, LastChange> registries = new ConcurrentHashMap<>();
    private final Map<DatabagId, LastChange> databags = new ConcurrentHashMap<>();

    /** @param by as {@link Provenance#ACTOR} has it; null when history does not say */
    public record LastChange(Instant at, @Nullable String by) {

        static LastChange of(Recorded recorded) {
            Object by = recorded.metadata().get(Provenance.ACTOR);
            return new LastChange(
                    recorded.at(), by == null ? null : by.toString().intern());
        }
    }

    @Override
    public String name() {
        return "config-changes";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case RegistryEvent event -> registries.put(event.registryId(), LastChange.of(recorded));
            case DatabagEvent event -> databags.put(event.databagId(), LastChange.of(recorded));
            default -> {
                // Nobody changed anything here.
            }
        }
    }

    public @Nullable LastChange of(RegistryId registry) {
        return registries.get(registry);
    }

    public @Nullable LastChange of(DatabagId databag) {
        return databags.get(databag);
    }
}
