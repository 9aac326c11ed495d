package dev.muster.identity.command;

import dev.muster.identity.TokenCommand;
import dev.muster.identity.UserCommand;
import dev.muster.identity.command.IdentitySettings.AttemptPace;
import dev.muster.identity.command.IdentitySettings.HashingCost;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Vault;
import dev.muster.testing.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
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

/** Identity with real aggregates on Axon's in-memory store, a vault in a map and a clock one can turn. */
final class House implements AutoCloseable {

    static final Map<String, String> BY_ANN = Map.of("actor", "user:ann");

    final HandClock clock = HandClock.at("2026-03-01T10:00:00Z");
    final MapVault vault = new MapVault();
    final Accounts accounts = new Accounts();
    final List<Recorded> recorded = Collections.synchronizedList(new ArrayList<>());
    final List<Object> sent = Collections.synchronizedList(new ArrayList<>());
    final IdentitySettings settings = IdentitySettings.defaults()
            .with(new HashingCost(2, 64, 64, 1))
            .with(new AttemptPace(3, Duration.ofSeconds(10), 5, Duration.ofSeconds(2), 100));
    final Positions positions = new AllRead();
    final Commands commands;
    final People people;
    final Passwords passwords;
    final Sessions sessions;
    final TokenUse tokenUse;
    final Credentials credentials;
    final UserOffice office;
    final Attempts attempts;
    final SignIn signIn;
    final Tokens tokens;
    final SetupLink setupLink;
    final AdminToken adminToken;

    private final EmbeddedEventStore store;
    private final AtomicLong position = new AtomicLong(-1);

    House() {
        store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        store.subscribe(events -> events.forEach(event -> record((DomainEventMessage<?>) event)));
        AsynchronousCommandBus bus = AsynchronousCommandBus.builder()
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        bus.registerHandlerInterceptor(
                new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(Provenance.ACTOR)));
        handle(bus, User.class);
        handle(bus, ApiToken.class);
        commands = new BusCommands(bus);
        people = new People(vault);
        passwords = new Passwords(settings.hashing());
        sessions = new Sessions(accounts, settings.sessions(), clock);
        tokenUse = new TokenUse(vault, settings.tokens(), clock);
        credentials = new Credentials(accounts, people, sessions, tokenUse, clock);
        office = new UserOffice(accounts, people, passwords, commands, positions, clock, settings);
        attempts = new Attempts(settings.attempts(), clock);
        signIn = new SignIn(accounts, people, passwords, sessions, attempts, office);
        tokens = new Tokens(accounts, commands, positions, settings.tokens(), clock);
        setupLink = new SetupLink(vault, accounts, office, signIn, attempts);
        adminToken = new AdminToken(accounts, credentials, tokens, commands, positions, settings);
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

    /** Folds see an event when it is appended, before the command's answer; the real log promises no less. */
    private void record(DomainEventMessage<?> event) {
        Recorded it = new Recorded(
                position.incrementAndGet(),
                event.getIdentifier(),
                event.getTimestamp(),
                event.getPayload(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                Map.copyOf(event.getMetaData()));
        recorded.add(it);
        accounts.apply(it);
    }

    List<Object> events() {
        return recorded.stream().map(Recorded::event).toList();
    }

    @Override
    public void close() {
        passwords.close();
        tokenUse.close();
    }

    private final class BusCommands implements Commands {
        private final CommandBus bus;

        private BusCommands(CommandBus bus) {
            this.bus = bus;
        }

        @Override
        public <R> Mono<R> send(Object command) {
            return Mono.error(new IllegalStateException("identity always says who orders"));
        }

        @Override
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            if (command instanceof UserCommand || command instanceof TokenCommand) {
                sent.add(command);
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

    private final class AllRead implements Positions {
        @Override
        public long committed() {
            return position.get();
        }

        @Override
        public long folded() {
            return position.get();
        }

        @Override
        public Mono<Void> folded(long at, Duration waitMax) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> viewed(long at, Duration waitMax) {
            return Mono.empty();
        }
    }

    /** A vault that counts its writes. */
    static final class MapVault implements Vault {
        final ConcurrentSkipListMap<String, byte[]> entries = new ConcurrentSkipListMap<>();
        final AtomicLong puts = new AtomicLong();

        @Override
        public void put(String key, byte[] value) {
            puts.incrementAndGet();
            entries.put(key, value);
        }

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public boolean delete(String key) {
            return entries.remove(key) != null;
        }

        @Override
        public Map<String, byte[]> scan(String prefix) {
            return new LinkedHashMap<>(entries.subMap(prefix, prefix + Character.MAX_VALUE));
        }

        boolean holds(String text) {
            return entries.entrySet().stream()
                    .anyMatch(it -> it.getKey().contains(text) || new String(it.getValue()).contains(text));
        }
    }
}
