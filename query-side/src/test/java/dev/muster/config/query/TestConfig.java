package dev.muster.config.query;

import dev.muster.config.Databag;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.config.DatabagId;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.RegistryId;
import dev.muster.config.StagedLayers;
import dev.muster.config.Wishes;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.testing.MemoryLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All of configuration in memory behind a log, and words to make things happen in it. */
final class TestConfig {

    static final RegistryId NET = new RegistryId("acme", "net");
    static final DeviceId ROBOT = new DeviceId("robot");

    final Rollouts rollouts = new Rollouts();
    final DeviceGroupIndex groups = new DeviceGroupIndex();
    final MemoryLog log;
    final DatabagIndex databags;
    final WishIndex wishes;
    final DriftIndex drift;

    TestConfig() {
        // The log feeds the folds, and one of them reads the log.
        Relay relay = new Relay();
        log = new MemoryLog(relay);
        databags = new DatabagIndex(log);
        wishes = new WishIndex(databags, groups, rollouts);
        drift = new DriftIndex(databags, wishes);
        relay.folds = List.of(databags, groups, wishes, drift);
    }

    private static final class Relay implements Fold {
        private List<Fold> folds = List.of();

        @Override
        public String name() {
            return "relay";
        }

        @Override
        public void apply(Recorded recorded) {
            folds.forEach(fold -> fold.apply(recorded));
        }
    }

    /** A rollout that has reached whom a test says. */
    static final class Rollouts implements StagedLayers {
        private final Map<DeviceId, Layer> reached = new HashMap<>();
        private final List<Wishes.Change> listeners = new CopyOnWriteArrayList<>();

        void reaches(DeviceId device, @Nullable String rollout) {
            if (rollout == null) {
                reached.remove(device);
            } else {
                reached.put(device, Layer.staged(rollout));
            }
            listeners.forEach(each -> each.changed(NET, device));
        }

        @Override
        public @Nullable Layer of(RegistryId registry, DeviceId device) {
            return reached.get(device);
        }

        @Override
        public AutoCloseable onChange(Wishes.Change change) {
            listeners.add(change);
            return () -> listeners.remove(change);
        }
    }

    Recorded writes(Layer layer, Delta... deltas) {
        DatabagId id = new DatabagId(NET, layer);
        Databag before = databags.find(id);
        return log.record(
                id.aggregateId(),
                new ViewWritten(id, before.version() + 1, Profile.CONFDB, "all", List.of("x"), 1, List.of(deltas)));
    }

    Recorded writes(Layer layer, String path, long value) {
        return writes(layer, Delta.set(path, Json.of(value)));
    }

    Recorded registers(DeviceId device, @Nullable String group) {
        return log.record(
                "device/" + device,
                new DeviceRegistered(device, device.value(), group, List.of(), Map.of(), null, null, Origin.OPERATOR));
    }

    Recorded moves(DeviceId device, @Nullable String group) {
        return log.record("device/" + device, new DeviceGrouped(device, group));
    }

    Recorded leaves(DeviceId device) {
        return log.record("device/" + device, new DeviceDecommissioned(device));
    }
}
