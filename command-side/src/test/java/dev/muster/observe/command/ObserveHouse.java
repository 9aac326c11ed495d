package dev.muster.observe.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.observe.DocumentCommand.PublishDocument;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Uid;
import dev.muster.registry.command.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import reactor.core.publisher.Mono;

/**
 * Observation with real aggregates, the registry's among them, on Axon's in-memory store. Memory is folded by a thread of
 * its own, behind what is stored, as in the real house.
 */
final class ObserveHouse implements AutoCloseable {

    static final Map<String, String> BY_AGENT = Map.of(Provenance.ACTOR, "token:agent");

    final TestIndexes indexes = new TestIndexes();
    final List<Recorded> recorded = new ArrayList<>();
    final Commands commands;
    final Positions positions = new Folding();
    final EnrolmentOffice office;
    /** Commands that meet this fail as if the server had no room. */
    volatile Predicate<Object> overloaded = command -> false;

    private final EmbeddedEventStore store;
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final ExecutorService decisions = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong committed = new AtomicLong(-1);
    private volatile long folded = -1;

    ObserveHouse() {
        store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        store.subscribe(events -> events.forEach(event -> record((DomainEventMessage<?>) event)));
        AsynchronousCommandBus bus =
                AsynchronousCommandBus.builder().executor(decisions).build();
        bus.registerHandlerInterceptor(
                new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(Provenance.ACTOR)));
        handle(bus, Device.class);
        handle(bus, DeviceEnrolment.class);
        handle(bus, ObservabilityDocument.class);
        commands = new BusCommands(bus);
        office = new EnrolmentOffice(indexes, indexes.documents, indexes.devices, commands, positions);
    }

    private <T> void handle(CommandBus bus, Class<T> aggregate) {
        EventSourcingRepository<T> repository =
                EventSourcingRepository.builder(aggregate).eventStore(store).build();
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(aggregate)
                .repository(repository)
                .build()
                .subscribe(bus);
    }

    private void record(DomainEventMessage<?> event) {
        synchronized (recorded) {
            Recorded it = new Recorded(
                    committed.get() + 1,
                    event.getIdentifier(),
                    event.getTimestamp(),
                    event.getPayload(),
                    event.getAggregateIdentifier(),
                    event.getSequenceNumber(),
                    Map.copyOf(event.getMetaData()));
            recorded.add(it);
            committed.incrementAndGet();
            reader.execute(() -> {
                indexes.apply(it);
                folded = it.position();
            });
        }
    }

    /** Sends and waits until memory knows. */
    <R> R order(Object command) {
        R answer = Await.done(commands.<R>send(command, BY_AGENT));
        Await.done(positions.caughtUp(Duration.ofSeconds(10)));
        return answer;
    }

    void published(DocumentKind kind, String... uids) {
        for (String uid : uids) {
            order(new PublishDocument(
                    kind,
                    new Uid(uid),
                    new DocumentId(UUID.randomUUID()),
                    new DocumentContent("0".repeat(64), 1, false)));
        }
    }

    List<Object> events() {
        synchronized (recorded) {
            return recorded.stream().map(Recorded::event).toList();
        }
    }

    /** Everything after a position. */
    List<Recorded> after(long position) {
        synchronized (recorded) {
            return List.copyOf(recorded.subList((int) position + 1, recorded.size()));
        }
    }

    /** Lets policies hear all that happens until nothing happens any more. */
    void settle(Policy... policies) {
        long[] places = new long[policies.length];
        java.util.Arrays.fill(places, -1);
        boolean quiet = false;
        while (!quiet) {
            quiet = true;
            for (int i = 0; i < policies.length; i++) {
                List<Recorded> batch = after(places[i]);
                if (!batch.isEmpty()) {
                    quiet = false;
                    places[i] = batch.getLast().position();
                    policies[i].react(batch);
                }
            }
        }
        Await.done(positions.caughtUp(Duration.ofSeconds(10)));
    }

    @Override
    public void close() {
        decisions.shutdown();
        reader.shutdown();
    }

    private final class BusCommands implements Commands {
        private final CommandBus bus;

        private BusCommands(CommandBus bus) {
            this.bus = bus;
        }

        @Override
        public <R> Mono<R> send(Object command) {
            return Mono.error(new IllegalStateException("say who orders"));
        }

        @Override
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            if (overloaded.test(command)) {
                return CompletableFuture.failedFuture(dev.muster.kernel.KernelRefusal.OVERLOADED.because("No room."));
            }
            CompletableFuture<R> answer = new CompletableFuture<>();
            bus.<Object, R>dispatch(new GenericCommandMessage<>(command, provenance), (message, result) -> {
                if (result.isExceptional()) {
                    answer.completeExceptionally(result.exceptionResult());
                } else {
                    answer.complete(result.getPayload());
                }
            });
            return answer;
        }
    }

    private final class Folding implements Positions {
        @Override
        public long committed() {
            return committed.get();
        }

        @Override
        public long folded() {
            return folded;
        }

        /** The reader works in order: what is given to it now comes after all that it was given before. */
        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return folded >= position
                    ? Mono.empty()
                    : Mono.<Void>fromFuture(() -> CompletableFuture.runAsync(() -> {}, reader))
                            .timeout(waitMax);
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return Mono.empty();
        }
    }
}
