package dev.muster.config.command;

import dev.muster.config.Databag;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.Registries;
import dev.muster.config.RegistryId;
import dev.muster.config.RegistrySchema;
import dev.muster.config.engine.Engine;
import dev.muster.config.seals.VaultSeals;
import dev.muster.registry.DeviceId;
import dev.muster.testing.MemoryVault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A house with one registry, a vault in memory, and databags that tests put there. */
final class ConfigHouse {

    static final RegistryId NET = new RegistryId("acme", "net");
    static final DatabagId ROBOT = new DatabagId(NET, Layer.actual(new DeviceId("robot")));
    static final DatabagId FLEET = new DatabagId(NET, Layer.fleet());

    /** {@code key} is marked secret, {@code pin} is nobody's to read, {@code a} and {@code b} go together. */
    static final String SCHEMA = """
            {"storage":{"schema":{
              "host":"string","port":{"type":"int","min":1},
              "pair":{"schema":{"a":"int","b":"int"},"required":["a","b"]},
              "wifi":{"schema":{"ssid":"string","key":{"type":"string","visibility":"secret"},"pin":"string"}}}},
             "views":{"all":{"rules":[
              {"request":"host","storage":"host"},{"request":"port","storage":"port"},
              {"request":"pair","storage":"pair"},{"request":"a","storage":"pair.a"},{"request":"b","storage":"pair.b"},
              {"request":"wifi.ssid","storage":"wifi.ssid"},{"request":"wifi.key","storage":"wifi.key"},
              {"request":"pin","storage":"wifi.pin","access":"write"}]}}}
            """;

    final VaultSeals seals = new VaultSeals(new MemoryVault());
    final Map<DatabagId, List<Databag>> bags = new HashMap<>();
    final Registries registries = new OneRegistry(SCHEMA, 1);
    final Databags databags = new KnownDatabags(bags);

    /** Lets the reading side know these versions of a databag, from 1. */
    void knows(DatabagId id, List<Databag> versions) {
        bags.put(id, new ArrayList<>(versions));
    }

    private record OneRegistry(String text, long version) implements Registries {

        @Override
        public @Nullable Definition find(RegistryId id) {
            return id.equals(NET) ? new Known(text, version) : null;
        }

        @Override
        public Collection<Definition> all() {
            return List.of(new Known(text, version));
        }
    }

    private record Known(String document, long revision) implements Registries.Definition {

        @Override
        public RegistryId id() {
            return NET;
        }

        @Override
        public RegistrySchema schema(Profile profile) {
            return new Engine().compiled(document, profile);
        }

        @Override
        public RegistrySchema schema() {
            return schema(Profile.CONFDB);
        }
    }

    private record KnownDatabags(Map<DatabagId, List<Databag>> bags) implements Databags {

        @Override
        public Databag find(DatabagId id) {
            List<Databag> versions = bags.getOrDefault(id, List.of());
            return versions.isEmpty() ? Databag.EMPTY : versions.getLast();
        }

        @Override
        public Collection<DatabagId> of(RegistryId registry) {
            return bags.keySet().stream()
                    .filter(id -> id.registry().equals(registry))
                    .toList();
        }

        @Override
        public Collection<DatabagId> of(DeviceId device) {
            return bags.keySet().stream()
                    .filter(id -> id.layer().name().equals(device.value()))
                    .toList();
        }

        @Override
        public Optional<Databag> at(DatabagId id, long version) {
            return bags.getOrDefault(id, List.of()).stream()
                    .filter(bag -> bag.version() == version)
                    .findFirst();
        }
    }
}
