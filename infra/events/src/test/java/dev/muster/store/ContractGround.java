package dev.muster.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.api.AfterEach;

/** What the tests of any event store need: the store, and counters that count. */
public abstract class ContractGround {

    /** What happens in these tests. */
    record Counted(String by, int number) {}

    /** A counter's state, for snapshots. */
    record Counter(int reached) {}

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The store under test, open. */
    protected abstract EventStore events();

    /** Asserts that this is how the store reports a taken sequence number. */
    protected abstract void assertConflict(Throwable failure);

    /** A test that failed in the middle of a unit of work must not hand it to the next one. */
    @AfterEach
    public void noUnitOfWorkIsLeftBehind() {
        while (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().rollback();
        }
    }

    void count(String counter, int from, int to) {
        for (int number = from; number < to; number++) {
            events().publish(counted(counter, number));
        }
    }

    static DomainEventMessage<Counted> counted(String counter, int number) {
        return new GenericDomainEventMessage<>("counter", counter, number, new Counted(counter, number));
    }

    static DomainEventMessage<Counted> at(String counter, int number, Instant time) {
        return new GenericDomainEventMessage<>(
                "counter", counter, number, new Counted(counter, number), Map.of(), newId(), time);
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }
}
