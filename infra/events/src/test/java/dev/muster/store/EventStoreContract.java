package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.common.Registration;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;

/**
 * What the server relies on, whichever event store is behind Axon. Every test uses aggregates of its own and begins to
 * read at the head, so that the suite also runs against a store that others write to.
 */
public abstract class EventStoreContract extends ReplayContract {

    @Test
    public void whatWasAppendedIsReadBackAsItWas() {
        String counter = newId();
        DomainEventMessage<Counted> first = counted(counter, 0).withMetaData(Map.of("actor", "ada"));
        events().publish(first, counted(counter, 1));

        List<? extends DomainEventMessage<?>> read = aggregate(counter);

        assertThat(read).hasSize(2);
        DomainEventMessage<?> back = read.getFirst();
        assertThat(back.getIdentifier()).isEqualTo(first.getIdentifier());
        assertThat(back.getTimestamp())
                .isCloseTo(first.getTimestamp(), org.assertj.core.api.Assertions.within(1, ChronoUnit.MILLIS));
        assertThat(back.getPayload()).isEqualTo(new Counted(counter, 0));
        assertThat(back.getMetaData().get("actor")).isEqualTo("ada");
        assertThat(back.getType()).isEqualTo("counter");
        assertThat(back.getAggregateIdentifier()).isEqualTo(counter);
        assertThat(read.get(1).getSequenceNumber()).isEqualTo(1);
        assertThat(events().lastSequenceNumberFor(counter)).contains(1L);
        assertThat(events().lastSequenceNumberFor(newId())).isEmpty();
    }

    @Test
    public void anAggregateIsReadFromTheMiddle() {
        String counter = newId();
        count(counter, 0, 1_200);

        List<? extends DomainEventMessage<?>> rest =
                events().readEvents(counter, 1_100).asStream().toList();

        assertThat(rest).hasSize(100);
        assertThat(rest.getFirst().getSequenceNumber()).isEqualTo(1_100);
    }

    @Test
    public void anEventOfNoAggregateIsInTheStreamButIsNoDomainEvent() throws Exception {
        TrackingToken head = events().createHeadToken();
        EventMessage<Counted> lone = GenericEventMessage.asEventMessage(new Counted("nobody", 1));
        events().publish(lone);

        List<TrackedEventMessage<?>> read = tracked(head, 1, lone.getIdentifier());

        assertThat(read.getLast().getPayload()).isEqualTo(new Counted("nobody", 1));
        assertThat(read.getLast()).isNotInstanceOf(DomainEventMessage.class);
    }

    @Test
    public void aConflictFailsOnlyTheGuilty() throws Exception {
        String contested = newId();
        int rivals = 16;
        CountDownLatch go = new CountDownLatch(1);
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newFixedThreadPool(2 * rivals)) {
            List<Future<?>> innocent = new ArrayList<>();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < rivals; i++) {
                innocent.add(threads.submit(() -> {
                    go.await();
                    count(newId(), 0, 5);
                    return null;
                }));
                all.add(threads.submit(() -> {
                    go.await();
                    try {
                        events().publish(counted(contested, 0));
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> each : innocent) {
                each.get(20, TimeUnit.SECONDS);
            }
            for (Future<?> each : all) {
                each.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(failures).hasSize(rivals - 1).allSatisfy(this::assertConflict);
        assertThat(aggregate(contested)).hasSize(1);
    }

    @Test
    public void sixtyFourWritersLeaveOneOrderInWhichEachCounterCounts() throws Exception {
        int writers = 64;
        int each = 20;
        String run = newId();
        TrackingToken head = events().createHeadToken();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> done = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String counter = run + "-" + w;
                done.add(threads.submit(() -> count(counter, 0, each)));
            }
            for (Future<?> one : done) {
                one.get(60, TimeUnit.SECONDS);
            }
        }

        Map<String, Long> last = new HashMap<>();
        TrackingToken previous = null;
        int seen = 0;
        try (BlockingStream<TrackedEventMessage<?>> stream = events().openStream(head)) {
            while (seen < writers * each && stream.hasNextAvailable(10, TimeUnit.SECONDS)) {
                TrackedEventMessage<?> next = stream.nextAvailable();
                if (previous != null) {
                    assertThat(next.trackingToken().position().orElseThrow())
                            .isGreaterThan(previous.position().orElseThrow());
                }
                previous = next.trackingToken();
                if (next instanceof DomainEventMessage<?> domain
                        && domain.getAggregateIdentifier().startsWith(run)) {
                    long expected = last.getOrDefault(domain.getAggregateIdentifier(), -1L) + 1;
                    assertThat(domain.getSequenceNumber()).isEqualTo(expected);
                    last.put(domain.getAggregateIdentifier(), expected);
                    seen++;
                }
            }
        }
        assertThat(seen).isEqualTo(writers * each);
    }

    @Test
    public void aFailingSubscriberLeavesNothingInTheStore() {
        String counter = newId();
        Registration subscription = events().subscribe(batch -> batch.forEach(event -> {
            if (event.getPayload() instanceof Counted counted && counted.by().equals(counter)) {
                throw new IllegalStateException("I object");
            }
        }));
        try {
            UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("command"));
            events().publish(counted(counter, 0));
            assertThatThrownBy(unit::commit).isInstanceOf(RuntimeException.class);
            assertThat(unit.isRolledBack()).isTrue();
        } finally {
            subscription.cancel();
        }
        assertThat(aggregate(counter)).isEmpty();
        assertThat(events().lastSequenceNumberFor(counter)).isEmpty();
        events().publish(counted(counter, 0));
        assertThat(aggregate(counter)).hasSize(1);
    }

    @Test
    public void aUnitOfWorkCommitsAllOrNothing() {
        String free = newId();
        String taken = newId();
        events().publish(counted(taken, 0));

        UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("command"));
        events().publish(counted(free, 0));
        events().publish(counted(taken, 0));
        assertThatThrownBy(unit::commit).satisfies(this::assertConflict);

        assertThat(aggregate(free)).isEmpty();
        assertThat(aggregate(taken)).hasSize(1);
    }

    @Test
    public void withinAUnitOfWorkItsOwnEventsAreSeenBeforeTheyAreCommitted() {
        String counter = newId();
        UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("command"));
        events().publish(counted(counter, 0));
        assertThat(aggregate(counter)).hasSize(1);
        unit.rollback();
        assertThat(aggregate(counter)).isEmpty();
    }

    @Test
    public void loadingBeginsAtTheSnapshot() {
        String counter = newId();
        count(counter, 0, 10);
        events().storeSnapshot(new GenericDomainEventMessage<>("counter", counter, 7, new Counter(8)));

        List<Object> loaded = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            loaded.clear();
            aggregate(counter).forEach(event -> loaded.add(event.getPayload()));
            assertThat(loaded).containsExactly(new Counter(8), new Counted(counter, 8), new Counted(counter, 9));
        });
    }

    @Test
    public void aTokenForATimeLeadsToTheFirstEventSince() throws Exception {
        String counter = newId();
        Instant day = Instant.now().plus(Duration.ofDays(1));
        DomainEventMessage<Counted> early = at(counter, 0, day.minusSeconds(60));
        DomainEventMessage<Counted> late = at(counter, 1, day);
        events().publish(early, late);

        List<TrackedEventMessage<?>> read = tracked(events().createTokenAt(day), 1, late.getIdentifier());

        assertThat(read).extracting(EventMessage::getIdentifier).doesNotContain(early.getIdentifier());
    }

    @Test
    public void aReaderAtTheHeadIsWokenByEachCommit() throws Exception {
        String counter = newId();
        AtomicInteger heard = new AtomicInteger();
        try (BlockingStream<TrackedEventMessage<?>> stream = events().openStream(events().createHeadToken());
                ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<?> reading = reader.submit(() -> {
                while (heard.get() < 20) {
                    if (stream.nextAvailable() instanceof DomainEventMessage<?> event
                            && event.getAggregateIdentifier().equals(counter)) {
                        heard.incrementAndGet();
                    }
                }
                return null;
            });
            for (int i = 0; i < 20; i++) {
                int before = i;
                count(counter, i, i + 1);
                await().atMost(PATIENCE).until(() -> heard.get() > before);
            }
            reading.get(10, TimeUnit.SECONDS);
        }
    }

    private List<? extends DomainEventMessage<?>> aggregate(String id) {
        return events().readEvents(id).asStream().toList();
    }

    /** Reads on from the token until the event with this id, at least {@code least} events. */
    private List<TrackedEventMessage<?>> tracked(TrackingToken from, int least, String untilId) throws Exception {
        List<TrackedEventMessage<?>> read = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> stream = events().openStream(from)) {
            while (stream.hasNextAvailable(10, TimeUnit.SECONDS)) {
                read.add(stream.nextAvailable());
                if (read.getLast().getIdentifier().equals(untilId)) {
                    break;
                }
            }
        }
        assertThat(read).hasSizeGreaterThanOrEqualTo(least);
        assertThat(read.getLast().getIdentifier()).isEqualTo(untilId);
        return read;
    }
}
