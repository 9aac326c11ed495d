package dev.muster.lab.command;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.DefineBoard;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.LabOrders.ReserveOrder;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The lab with real aggregates on Axon's in-memory store and fake hardware. Memory is folded by a thread of its own, behind
 * what is stored, as in the real house. The keeper, the queue and the expiry are servers that can stop and start again.
 */
final class LabHouse implements AutoCloseable {

    static final LabSettings QUICK = new LabSettings(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            List.of(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(150)),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            10_000,
            100);

    final FakeLab lab = new FakeLab();
    final FakeDevices devices = new FakeDevices(lab);
    final TestBoards boards = new TestBoards();
    final TestRequests requests = new TestRequests();
    final LabOutcomes outcomes = new LabOutcomes();
    final List<Recorded> recorded = new ArrayList<>();
    final Positions positions = new Folding();
    final TestConfigurations configurations = new TestConfigurations();
    final Commands commands;
    final LabOffice office;
    final Clock clock;
    final LabSettings settings;
    /** {@code order target code who} of each order that was refused before it was sent. */
    final List<String> refusedOrders = new CopyOnWriteArrayList<>();

    private final EmbeddedEventStore store;
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final ExecutorService decisions = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong committed = new AtomicLong(-1);
    private volatile long folded = -1;
    private @Nullable BoardKeeper keeper;
    private @Nullable QueueDispatcher queue;
    private @Nullable ReservationExpiry expiry;

    LabHouse() {
        this(Clock.systemUTC(), QUICK);
    }

    LabHouse(Clock clock, LabSettings settings) {
        this.clock = clock;
        this.settings = settings;
        store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        store.subscribe(events -> events.forEach(event -> record((DomainEventMessage<?>) event)));
        AsynchronousCommandBus bus =
                AsynchronousCommandBus.builder().executor(decisions).build();
        bus.registerHandlerInterceptor(
                new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(Provenance.ACTOR)));
        handle(bus, LendableBoard.class);
        handle(bus, QueuedRequest.class);
        commands = new BusCommands(bus);
        office = new LabOffice(
                new Desk(commands, boards, requests, outcomes, positions),
                new ConfiguredBoards(commands, boards, configurations, positions),
                (order, target, refusal, caller) ->
                        refusedOrders.add(order + " " + target + " " + refusal.code() + " " + caller.person()),
                clock,
                settings);
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
                boards.apply(it);
                requests.apply(it);
                outcomes.apply(it);
                folded = it.position();
            });
        }
    }

    /** Starts keeper, queue and expiry. */
    LabHouse started() {
        return started(CrashPoints.NONE);
    }

    LabHouse started(CrashPoints crashes) {
        Await.done(positions.caughtUp(Duration.ofSeconds(10)));
        keeper = new BoardKeeper(bench(crashes));
        keeper.start();
        queue = new QueueDispatcher(commands, boards, requests, outcomes, positions, clock, settings);
        queue.start();
        expiry = new ReservationExpiry(commands, boards, clock, settings);
        expiry.start();
        return this;
    }

    Bench bench(CrashPoints crashes) {
        return new Bench(
                commands,
                boards,
                outcomes,
                positions,
                configurations,
                lab.scripts,
                lab.words,
                lab.switches,
                lab.consoles,
                devices,
                devices,
                clock,
                settings,
                crashes);
    }

    void stopped() throws Exception {
        if (keeper != null && queue != null && expiry != null) {
            keeper.close();
            queue.close();
            expiry.close();
        }
    }

    LabHouse with(BoardDefinition... definitions) {
        for (BoardDefinition definition : definitions) {
            order(new DefineBoard(definition.name(), definition));
        }
        return this;
    }

    /** Sends and waits until memory knows. */
    <R> R order(Object command) {
        R answer = Await.done(commands.<R>send(command, Map.of(Provenance.ACTOR, "user:test")));
        Await.done(positions.caughtUp(Duration.ofSeconds(10)));
        return answer;
    }

    Board board(String name) {
        Await.done(positions.caughtUp(Duration.ofSeconds(10)));
        Board board = boards.find(new BoardName(name));
        if (board == null) {
            throw new AssertionError("no board " + name);
        }
        return board;
    }

    List<Object> events() {
        synchronized (recorded) {
            return recorded.stream().map(Recorded::event).toList();
        }
    }

    List<Recorded> log() {
        synchronized (recorded) {
            return List.copyOf(recorded);
        }
    }

    static Caller user(String name) {
        return new Caller(
                Caller.Kind.USER,
                name,
                name,
                Set.of(Permission.LAB_READ, Permission.LAB_USE),
                Map.of(Provenance.ACTOR, "user:" + name));
    }

    static Caller admin() {
        return new Caller(
                Caller.Kind.USER,
                "root",
                "root",
                Set.of(Permission.LAB_READ, Permission.LAB_USE, Permission.LAB_ADMIN),
                Map.of(Provenance.ACTOR, "user:root"));
    }

    static ReserveOrder wanted(Selector selector, @Nullable Duration patience) {
        return new ReserveOrder(
                new ReservationId(UUID.randomUUID()),
                selector,
                0,
                Duration.ofHours(1),
                patience,
                null,
                Map.of(),
                List.of(),
                PowerWish.ON);
    }

    @Override
    public void close() throws Exception {
        stopped();
        decisions.shutdown();
        reader.shutdown();
    }

    /** Lines "name class"; anything else cannot be read. */
    static final class TestConfigurations implements LabConfigurations {
        private volatile String text = "";
        volatile @Nullable String file;

        @Override
        public LabConfiguration current() {
            return read(text);
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public LabConfiguration read(String text) {
            List<BoardDefinition> definitions = new ArrayList<>();
            for (String line : text.lines().toList()) {
                String[] words = line.split(" ");
                if (words.length != 2) {
                    throw LabRefusal.CONFIGURATION_INVALID.because("This is no board: " + line);
                }
                definitions.add(Samples.definition(words[0], words[1], Map.of()));
            }
            return new LabConfiguration(null, Map.of(), definitions, Map.of());
        }

        @Override
        public void keep(String text) {
            this.text = text;
        }

        @Override
        public @Nullable String file() {
            return file;
        }

        @Override
        public List<BoardDefinition> withoutSecrets(LabConfiguration configuration) {
            return configuration.boards();
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
