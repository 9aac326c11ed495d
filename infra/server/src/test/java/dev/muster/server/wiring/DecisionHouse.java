package dev.muster.server.wiring;

import dev.muster.config.Databags;
import dev.muster.config.Registries;
import dev.muster.config.RegistryEngine;
import dev.muster.config.Seals;
import dev.muster.server.EventSerializer;
import dev.muster.server.MusterSettings;
import dev.muster.server.StoredNames;
import dev.muster.server.command.AxonCommands;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoreSettings;
import dev.muster.testing.HandClock;
import dev.muster.updates.Catalogue;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The server's own bus, aggregates and store, and nothing around them. */
final class DecisionHouse implements AutoCloseable {

    /** What was given to the store as one. */
    final List<List<EventMessage<?>>> appends = new CopyOnWriteArrayList<>();

    final EventStore events;
    final AxonCommands here;

    private final DecisionWiring wiring = new DecisionWiring();
    private final ExecutorService threads = wiring.decisionThreads();
    private final EventSerializer serializer = EventSerializer.of(StoredNames.ALL);
    private final HandClock clock = HandClock.at("2026-11-20T12:00:00Z");
    private final MusterSettings settings = settings();
    private final List<Configuration> nodes = new ArrayList<>();
    private final EmbeddedStore store;

    DecisionHouse(Path dir) {
        store = EmbeddedStore.open(StoreSettings.at(dir.resolve("events")), clock);
        events = EmbeddedEventStore.builder()
                .storageEngine(RocksEventStorageEngine.over(store, serializer, serializer))
                .build();
        events.subscribe(batch -> appends.add(List.copyOf(batch)));
        here = commandsOf(node());
    }

    /** One of those that write to the store, with locks and a memory of its own. */
    Configuration node() {
        Configuration node = wiring.axon(
                settings,
                events,
                serializer,
                clock,
                unasked(Catalogue.class),
                unasked(RegistryEngine.class),
                unasked(Registries.class),
                unasked(Databags.class),
                unasked(Seals.class),
                threads);
        node.start();
        nodes.add(node);
        return node;
    }

    AxonCommands commandsOf(Configuration node) {
        return wiring.commands(node, settings);
    }

    /** How the command fails when it is not tried again, null when it does not. */
    Throwable failureOf(Object command, Map<String, String> provenance) {
        CompletableFuture<Throwable> once = new CompletableFuture<>();
        nodes.getFirst()
                .commandBus()
                .<Object, Object>dispatch(
                        new GenericCommandMessage<>(command, provenance),
                        (sent, result) ->
                                once.complete(result.optionalExceptionResult().orElse(null)));
        return once.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Everything that was given to the store. */
    List<Object> appended() {
        List<Object> payloads = new ArrayList<>();
        appends.forEach(append -> append.forEach(event -> payloads.add(event.getPayload())));
        return payloads;
    }

    /** Only what is asked of commands and aggregates; the others' rooms are not entered. */
    private static MusterSettings settings() {
        return new MusterSettings(
                Path.of("nowhere"),
                "DEFAULT",
                null,
                null,
                null,
                null,
                null,
                new MusterSettings.Commands(256, 1000),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                0,
                null);
    }

    private static <T> T unasked(Class<T> port) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(port, arguments);
                    }
                    throw new UnsupportedOperationException(method.toString());
                }));
    }

    @Override
    public void close() {
        nodes.forEach(Configuration::shutdown);
        threads.close();
        store.close();
    }
}
