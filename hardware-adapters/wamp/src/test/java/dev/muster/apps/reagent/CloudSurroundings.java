package dev.muster.apps.reagent;

import dev.muster.apps.AppAccounts;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.identity.Caller;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import dev.muster.registry.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What of the house is the same in every test: marko's projects, devices by their names, and one account. */
final class CloudSurroundings {

    private CloudSurroundings() {}

    static Projects projects() {
        return new Projects() {
            @Override
            public Project find(ProjectKey key) {
                return new Project(key, key.value() == 2 ? "demo" : "other", "marko", 1);
            }

            @Override
            public @Nullable Project named(String name) {
                return null;
            }

            @Override
            public List<Project> all() {
                return List.of();
            }
        };
    }

    static DeviceDirectory devices() {
        return new DeviceDirectory() {
            @Override
            public DeviceFacts facts(DeviceId id) {
                return new DeviceFacts(
                        id, id.value(), null, List.of(), Map.of(), Map.of(), null, null, Origin.OPERATOR, false, false);
            }

            @Override
            public List<DeviceFacts> matchingFacts(@Nullable String rsql) {
                return List.of();
            }
        };
    }

    /** Nobody looks when devices were seen last. */
    static Heartbeats heartbeats() {
        return new Heartbeats() {
            @Override
            public void heard(DeviceId deviceId, Instant at) {}

            @Override
            public @Nullable Instant lastHeard(DeviceId deviceId) {
                return null;
            }

            @Override
            public void forEach(BiConsumer<DeviceId, Instant> visitor) {}
        };
    }

    static AppAccounts accounts() {
        return new AppAccounts() {
            @Override
            public Mono<Long> of(Caller caller) {
                return Mono.just(11L);
            }

            @Override
            public @Nullable String person(long key) {
                return key == 11 ? CloudWorld.ANN.person() : null;
            }
        };
    }
}
