package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on the embedded store, on disk. */
class EmbeddedEventStoreTest extends EventStoreContract {

    @TempDir
    Path dir;

    private final Serializer serializer = Serializers.json();
    private EmbeddedStore store;
    private EmbeddedEventStore events;

    @BeforeEach
    void open() {
        store = Samples.open(dir);
        events = EmbeddedEventStore.builder()
                .storageEngine(RocksEventStorageEngine.over(store, serializer, serializer))
                .build();
    }

    @AfterEach
    void theStoreIsSoundAndCloses() {
        events.shutDown();
        assertThat(StoreVerifier.verify(store, System.err::println).sound()).isTrue();
        store.close();
    }

    @Override
    protected EventStore events() {
        return events;
    }

    @Override
    protected void assertConflict(Throwable failure) {
        assertThat(failure).isInstanceOf(ConcurrencyException.class);
    }
}
