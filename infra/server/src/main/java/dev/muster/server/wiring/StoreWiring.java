package dev.muster.server.wiring;

import dev.muster.kernel.Vault;
import dev.muster.server.EventSerializer;
import dev.muster.server.MusterSettings;
import dev.muster.server.MusterSettings.EventsIn;
import dev.muster.server.StoredNames;
import dev.muster.server.log.AxonLog;
import dev.muster.server.log.EmbeddedLog;
import dev.muster.server.log.Log;
import dev.muster.server.log.LogHistory;
import dev.muster.server.policy.DurableTimers;
import dev.muster.server.policy.StoreVault;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoreSettings;
import java.time.Clock;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The event store, what else is kept durably, and those who read the log. */
@Configuration(proxyBeanMethods = false)
class StoreWiring {

    /** Tests bring a clock that they can move. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventSerializer eventSerializer() {
        return EventSerializer.of(StoredNames.ALL);
    }

    /** Brings old revisions to the present while reading. Empty: no event has a second revision yet. */
    @Bean
    EventUpcasterChain upcasters() {
        return new EventUpcasterChain();
    }

    /** Also opened beside Axon Server: vault, timers and the places of policies lie here. */
    @Bean
    EmbeddedStore embeddedStore(MusterSettings settings, Clock clock) {
        return EmbeddedStore.open(StoreSettings.at(settings.data().resolve("events")), clock);
    }

    @Bean
    EventStore eventStore(
            MusterSettings settings, EmbeddedStore store, EventSerializer serializer, EventUpcasterChain upcasters) {
        if (settings.events().store() == EventsIn.AXON_SERVER) {
            return axonServer(settings, serializer, upcasters);
        }
        return EmbeddedEventStore.builder()
                .storageEngine(RocksEventStorageEngine.over(
                        store,
                        serializer,
                        serializer,
                        upcasters,
                        org.axonframework.eventsourcing.snapshotting.SnapshotFilter.allowAll()))
                .build();
    }

    private static EventStore axonServer(
            MusterSettings settings, EventSerializer serializer, EventUpcasterChain upcasters) {
        AxonServerConfiguration configuration = AxonServerConfiguration.builder()
                .servers(settings.events().axonServer())
                .componentName("muster")
                .context(settings.events().axonContext())
                .build();
        AxonServerConnectionManager connections = AxonServerConnectionManager.builder()
                .axonServerConfiguration(configuration)
                .build();
        connections.start();
        return AxonServerEventStore.builder()
                .configuration(configuration)
                .platformConnectionManager(connections)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .upcasterChain(upcasters)
                .build();
    }

    @Bean
    Log log(
            MusterSettings settings,
            EmbeddedStore store,
            EventStore events,
            EventSerializer serializer,
            EventUpcasterChain upcasters) {
        return settings.events().store() == EventsIn.AXON_SERVER
                ? new AxonLog(events)
                : new EmbeddedLog(store, serializer, upcasters, StoredNames.ALL);
    }

    @Bean
    LogHistory history(Log log) {
        return new LogHistory(log);
    }

    @Bean
    Vault vault(EmbeddedStore store) {
        return new StoreVault(store);
    }

    @Bean
    DurableTimers timers(EmbeddedStore store, Clock clock) {
        return new DurableTimers(store, clock);
    }
}
