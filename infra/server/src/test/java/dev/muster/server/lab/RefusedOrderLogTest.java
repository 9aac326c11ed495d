package dev.muster.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Caller;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refusal;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.RefusedOrders;
import dev.muster.overview.CommandRefused;
import dev.muster.testing.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class RefusedOrderLogTest {

    private static final String BOARD = RefusedOrders.board("cora-1");

    private final HandClock clock = HandClock.at("2026-11-20T08:00:00Z");
    private final List<EventMessage<?>> written = new CopyOnWriteArrayList<>();
    private final EventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final RefusedOrders log = new RefusedOrderLog(events, Runnable::run, clock);

    RefusedOrderLogTest() {
        events.subscribe(written::addAll);
    }

    private static Caller caller(String token) {
        return new Caller(
                Caller.Kind.TOKEN,
                token,
                "ann",
                "ci",
                Set.of(),
                Map.of(Provenance.ACTOR, "token:" + token, Provenance.ADDRESS, "192.0.2.4"));
    }

    private static Refusal taken() {
        return LabRefusal.RESERVED.because("Somebody has it.").refusal();
    }

    @Test
    void itIsWrittenAsTheBusWritesIt() {
        log.note("ReserveBoard", BOARD, taken(), caller("t1"));

        assertThat(written).singleElement().satisfies(event -> {
            assertThat(event.getPayload())
                    .isEqualTo(new CommandRefused(
                            "lab.ReserveBoard",
                            "board/cora-1",
                            "lab.reserved",
                            Refusal.Kind.CONFLICT,
                            "Somebody has it."));
            assertThat(event.getMetaData())
                    .containsEntry(Provenance.ACTOR, "token:t1")
                    .containsEntry(Provenance.ADDRESS, "192.0.2.4")
                    .containsEntry(Provenance.COMMAND, "lab.ReserveBoard");
        });
    }

    @Test
    void whoAsksAgainAndAgainIsWrittenOnceAMinute() {
        for (int i = 0; i < 120; i++) {
            log.note("ReserveBoard", BOARD, taken(), caller("t1"));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(written).hasSize(2);
    }

    @Test
    void othersAndOtherThingsAreWrittenBesideThat() {
        log.note("ReserveBoard", BOARD, taken(), caller("t1"));
        log.note("ReserveBoard", BOARD, taken(), caller("t2"));
        log.note("OrderPower", BOARD, taken(), caller("t1"));
        log.note("ReserveBoard", RefusedOrders.board("cora-2"), taken(), caller("t1"));
        log.note("ReserveBoard", BOARD, LabRefusal.OUT_OF_SERVICE.because("fan").refusal(), caller("t1"));
        assertThat(written).hasSize(5);
    }

    @Test
    void aLogThatCannotBeWrittenSpoilsNothing() {
        RefusedOrders closed = new RefusedOrderLog(
                events,
                work -> {
                    throw new java.util.concurrent.RejectedExecutionException("it stops");
                },
                clock);
        closed.note("ReserveBoard", BOARD, taken(), caller("t1"));
        assertThat(written).isEmpty();
    }
}
