package dev.muster.config.snapd;

import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.Profile;
import dev.muster.config.Registries;
import dev.muster.config.RegistryId;
import dev.muster.config.RegistrySchema;
import dev.muster.config.Seals;
import dev.muster.config.SnapSettings;
import dev.muster.config.SnapSettingsBook;
import dev.muster.config.SnapSettingsCommand.ChangeSnapSettings;
import dev.muster.config.SnapSettingsEvent.SnapSettingsChanged;
import dev.muster.config.SnapSettingsId;
import dev.muster.config.Tree;
import dev.muster.config.engine.Engine;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Registries, databags and settings in maps, with the real engine and real seals, and decisions that are nearly so. */
final class FakeStore implements Registries, Databags, SnapSettingsBook, Commands {

    static final RegistryId NETWORK = new RegistryId("f22PSauKuNkwQTM9Wz67ZCjNACuSjjhN", "network");
    static final RegistryId LAB = new RegistryId("acme", "lab");

    final Map<DatabagId, Databag> bags = new ConcurrentHashMap<>();
    final Map<SnapSettingsId, SnapSettings> settings = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<Object> commands = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Map<String, String>> provenances = new ConcurrentLinkedQueue<>();
    /** What every command fails with, or null. */
    volatile RuntimeException failure;
    /** Whether commands are never answered. */
    volatile boolean stuck;

    private final Seals seals;
    private final Engine engine = new Engine();
    private final Map<RegistryId, Known> known = new ConcurrentHashMap<>();

    FakeStore(Seals seals) {
        this.seals = seals;
        known.put(NETWORK, new Known(engine, NETWORK, text("network.json")));
        known.put(LAB, new Known(engine, LAB, text("lab.json")));
    }

    void forget() {
        bags.clear();
        settings.clear();
        commands.clear();
        provenances.clear();
        failure = null;
        stuck = false;
    }

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(FakeStore.class.getResourceAsStream("/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Known(Engine engine, RegistryId id, String document) implements Definition {

        @Override
        public long revision() {
            return 1;
        }

        @Override
        public RegistrySchema schema(Profile profile) {
            return engine.compiled(document, profile);
        }

        @Override
        public RegistrySchema schema() {
            return schema(engine.profileOf(document));
        }
    }

    @Override
    public Definition find(RegistryId id) {
        return known.get(id);
    }

    @Override
    public Collection<Definition> all() {
        return List.copyOf(known.values());
    }

    @Override
    public Databag find(DatabagId id) {
        return bags.getOrDefault(id, Databag.EMPTY);
    }

    @Override
    public Collection<DatabagId> of(RegistryId registry) {
        return bags.keySet();
    }

    @Override
    public Collection<DatabagId> of(DeviceId device) {
        return bags.keySet();
    }

    @Override
    public Optional<Databag> at(DatabagId id, long version) {
        return Optional.empty();
    }

    @Override
    public SnapSettings find(SnapSettingsId id) {
        return settings.getOrDefault(id, SnapSettings.EMPTY);
    }

    @Override
    public <R> reactor.core.publisher.Mono<R> send(Object command) {
        throw new UnsupportedOperationException("this wire has a provenance of its own");
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
        commands.add(command);
        provenances.add(provenance);
        return stuck ? new CompletableFuture<>() : CompletableFuture.supplyAsync(() -> (R) decided(command));
    }

    private synchronized Long decided(Object command) {
        if (failure != null) {
            throw failure;
        }
        return switch (command) {
            case WriteView c -> written(c);
            case ChangeSnapSettings c -> changed(c);
            default -> throw new AssertionError("unexpected: " + command);
        };
    }

    private long written(WriteView c) {
        DatabagId id = c.databagId();
        RegistrySchema schema = needed(id.registry()).schema(c.profile());
        Databag state = find(id);
        TreeMap<String, Json> values = new TreeMap<>();
        c.values().forEach((path, text) -> values.put(path, JsonReader.read(text)));
        Json.Members before = state.opened(id, seals);
        Json.Members after = schema.written(before, c.view(), values);
        schema.validate(after, id.layer().isWish());
        List<Delta> deltas = new ArrayList<>();
        for (String name : before.values().keySet()) {
            deltas.add(Delta.removed(name));
        }
        after.values().forEach((name, value) -> pieces(id, schema, name, value, deltas));
        bags.put(
                id,
                state.after(new ViewWritten(
                        id, state.version() + 1, c.profile(), c.view(), List.copyOf(values.keySet()), 1, deltas)));
        return state.version() + 1;
    }

    private void pieces(DatabagId id, RegistrySchema schema, String path, Json value, List<Delta> deltas) {
        if (schema.isSecret(path)) {
            deltas.add(
                    Delta.sealed(path, seals.seal(id.layer().keyOwner(), Databag.placeOf(id, path), value.toString())));
        } else if (value instanceof Json.Members members && !members.isEmpty()) {
            members.values().forEach((name, child) -> pieces(id, schema, path + "." + name, child, deltas));
        } else {
            deltas.add(Delta.set(path, value));
        }
    }

    private long changed(ChangeSnapSettings c) {
        SnapSettingsId id = c.settingsId();
        SnapSettings state = find(id);
        Json.Members after = state.opened(id, seals);
        for (Map.Entry<String, String> pair : c.values().entrySet()) {
            Json value = JsonReader.read(pair.getValue());
            after = value instanceof Json.Null
                    ? Tree.without(after, pair.getKey())
                    : Tree.with(after, pair.getKey(), value);
        }
        List<Delta> deltas = new ArrayList<>();
        state.sealed().keySet().forEach(key -> deltas.add(Delta.removed(key)));
        after.values()
                .forEach((key, value) -> deltas.add(
                        Delta.sealed(key, seals.seal(id.keyOwner(), SnapSettings.placeOf(id, key), value.toString()))));
        settings.put(id, state.after(new SnapSettingsChanged(id.device(), id.snap(), state.version() + 1, deltas)));
        return state.version() + 1;
    }
}
