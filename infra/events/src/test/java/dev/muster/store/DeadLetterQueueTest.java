package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.NoSuchDeadLetterException;
import org.axonframework.messaging.deadletter.WrongDeadLetterTypeException;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterQueueTest {

    record Reported(String device, int number) {}

    @TempDir
    Path dir;

    private final Serializer serializer = Serializers.json();
    private EmbeddedStore store;
    private RocksDeadLetterQueue queue;

    @BeforeEach
    void open() {
        store = EmbeddedStore.open(StoreSettings.at(dir).withSyncWrites(false), Samples.CLOCK);
        queue = queue("policies");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void eachOfSixHundredSequencesHasItsTurnOnceAndInOrder() {
        for (int number = 0; number < 2; number++) {
            for (int device = 0; device < 600; device++) {
                queue.enqueue("device-" + device, letter("device-" + device, number));
            }
        }
        reopen();
        assertThat(queue.amountOfSequences()).isEqualTo(600);
        assertThat(queue.size()).isEqualTo(1_200);
        assertThat(queue.deadLetters()).hasSize(600);

        Map<String, List<Integer>> processed = new ConcurrentHashMap<>();
        int turns = 0;
        while (queue.process(letter -> {
            Reported event = (Reported) letter.message().getPayload();
            processed.computeIfAbsent(event.device(), d -> new ArrayList<>()).add(event.number());
            return Decisions.evict();
        })) {
            turns++;
        }

        assertThat(turns).isEqualTo(600);
        assertThat(processed).hasSize(600).allSatisfy((device, numbers) -> assertThat(numbers)
                .containsExactly(0, 1));
        assertThat(queue.size()).isZero();
        reopen();
        assertThat(queue.amountOfSequences()).isZero();
    }

    @Test
    void aFilterFindsTheOneSequenceAmongSixHundred() {
        for (int device = 0; device < 600; device++) {
            queue.enqueue("device-" + device, letter("device-" + device, 0));
        }
        boolean done = queue.process(
                letter -> ((Reported) letter.message().getPayload()).device().equals("device-599"),
                letter -> Decisions.evict());
        assertThat(done).isTrue();
        assertThat(queue.contains("device-599")).isFalse();
        assertThat(queue.amountOfSequences()).isEqualTo(599);
    }

    @Test
    void aLetterComesBackWholeAfterReopening() {
        DomainEventMessage<Reported> event =
                new GenericDomainEventMessage<>("device", "d1", 4, new Reported("d1", 1), Map.of("actor", "ada"));
        var tracked = new GenericTrackedDomainEventMessage<>(RocksEventStorageEngine.token(17), event);
        queue.enqueue(
                "d1",
                new GenericDeadLetter<EventMessage<?>>("d1", tracked, new IllegalStateException("no route"))
                        .withDiagnostics(MetaData.with("tries", 3)));
        queue.enqueue("lone", new GenericDeadLetter<>("lone", new GenericEventMessage<>(new Reported("x", 0))));
        reopen();

        DeadLetter<? extends EventMessage<?>> back =
                queue.deadLetterSequence("d1").iterator().next();

        assertThat(back.message()).isInstanceOf(GenericTrackedDomainEventMessage.class);
        assertThat(back.message().getIdentifier()).isEqualTo(event.getIdentifier());
        assertThat(back.message().getPayload()).isEqualTo(new Reported("d1", 1));
        assertThat(back.message().getMetaData().get("actor")).isEqualTo("ada");
        assertThat(back.message().getTimestamp()).isEqualTo(event.getTimestamp());
        assertThat(((DomainEventMessage<?>) back.message()).getSequenceNumber()).isEqualTo(4);
        assertThat(((TrackedEventMessage<?>) back.message()).trackingToken())
                .isEqualTo(RocksEventStorageEngine.token(17));
        assertThat(back.cause()).hasValueSatisfying(cause -> {
            assertThat(cause.type()).isEqualTo(IllegalStateException.class.getName());
            assertThat(cause.message()).isEqualTo("no route");
        });
        assertThat(back.diagnostics().get("tries")).isEqualTo(3);
        assertThat(queue.deadLetterSequence("lone").iterator().next().message())
                .isNotInstanceOf(DomainEventMessage.class);
    }

    @Test
    void aLetterThatFailsAgainStaysFirstAndTheNextSequenceHasItsTurn() {
        queue.enqueue("a", letter("a", 0));
        queue.enqueue("a", letter("a", 1));
        queue.enqueue("b", letter("b", 0));

        boolean done = queue.process(
                letter -> Decisions.requeue(new IllegalStateException("still"), old -> MetaData.with("tries", 1)));

        assertThat(done).isFalse();
        reopen();
        List<DeadLetter<? extends EventMessage<?>>> a = list(queue.deadLetterSequence("a"));
        assertThat(a).hasSize(2);
        assertThat(((Reported) a.getFirst().message().getPayload()).number()).isZero();
        assertThat(a.getFirst().cause().orElseThrow().message()).isEqualTo("still");
        assertThat(a.getFirst().diagnostics().get("tries")).isEqualTo(1);
        List<String> order = new ArrayList<>();
        queue.process(letter -> {
            order.add(((Reported) letter.message().getPayload()).device());
            return Decisions.evict();
        });
        assertThat(order).containsExactly("b");
    }

    @Test
    void aSequenceIsProcessedByOneAtATime() throws Exception {
        for (int device = 0; device < 40; device++) {
            for (int number = 0; number < 3; number++) {
                queue.enqueue("d" + device, letter("d" + device, number));
            }
        }
        Set<String> busy = ConcurrentHashMap.newKeySet();
        Set<String> overlapping = ConcurrentHashMap.newKeySet();
        Map<String, List<Integer>> processed = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    while (queue.process(letter -> {
                        Reported event = (Reported) letter.message().getPayload();
                        if (!busy.add(event.device())) {
                            overlapping.add(event.device());
                        }
                        processed
                                .computeIfAbsent(event.device(), d -> new ArrayList<>())
                                .add(event.number());
                        busy.remove(event.device());
                        return Decisions.evict();
                    })) {
                        Thread.onSpinWait();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(overlapping).isEmpty();
        assertThat(processed).hasSize(40).allSatisfy((device, numbers) -> assertThat(numbers)
                .containsExactly(0, 1, 2));
        assertThat(queue.size()).isZero();
    }

    @Test
    void anEventIsParkedOnceEvenIfItsBatchIsRepeated() {
        DeadLetter<EventMessage<?>> first = letter("a", 0);
        DeadLetter<EventMessage<?>> second = letter("a", 1);
        for (int round = 0; round < 2; round++) {
            queue.enqueue("a", first);
            assertThat(queue.enqueueIfPresent("a", () -> second)).isTrue();
            reopen();
        }
        assertThat(queue.sequenceSize("a")).isEqualTo(2);
        assertThat(queue.enqueueIfPresent("b", () -> letter("b", 0))).isFalse();
    }

    @Test
    void limitsAreKeptPerSequenceAndForAll() {
        RocksDeadLetterQueue small = new RocksDeadLetterQueue(store, "small", serializer, serializer, 2, 2);
        small.enqueue("a", letter("a", 0));
        small.enqueue("a", letter("a", 1));
        small.enqueue("b", letter("b", 0));
        assertThat(small.isFull("a")).isTrue();
        assertThat(small.isFull("b")).isFalse();
        assertThat(small.isFull("c")).isTrue();
        assertThatThrownBy(() -> small.enqueue("a", letter("a", 2)))
                .isInstanceOf(DeadLetterQueueOverflowException.class);
        assertThatThrownBy(() -> small.enqueue("c", letter("c", 0)))
                .isInstanceOf(DeadLetterQueueOverflowException.class);
    }

    @Test
    void groupsDoNotSeeEachOther() {
        RocksDeadLetterQueue other = queue("policies-2");
        queue.enqueue("a", letter("a", 0));
        other.enqueue("a", letter("a", 1));
        other.clear();
        assertThat(other.size()).isZero();
        assertThat(queue.size()).isEqualTo(1);
        reopen();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue("policies-2").size()).isZero();
    }

    @Test
    void evictingTwiceIsHarmlessRequeueingTheEvictedIsNot() {
        queue.enqueue("a", letter("a", 0));
        DeadLetter<? extends EventMessage<?>> stored =
                list(queue.deadLetterSequence("a")).getFirst();
        queue.evict(stored);
        queue.evict(stored);
        assertThat(queue.contains("a")).isFalse();
        assertThatThrownBy(() -> queue.requeue(stored, old -> old)).isInstanceOf(NoSuchDeadLetterException.class);
        assertThatThrownBy(() -> queue.evict(letter("a", 1))).isInstanceOf(WrongDeadLetterTypeException.class);
    }

    @Test
    void anyIdentifierCanNameASequence() {
        List<Object> identifiers = List.of("", "nul\0inside", "x".repeat(5_000), 42, Set.of("set"));
        for (Object identifier : identifiers) {
            queue.enqueue(identifier, letter("d", 0));
        }
        reopen();
        assertThat(queue.amountOfSequences()).isEqualTo(identifiers.size());
        assertThat(identifiers)
                .allSatisfy(identifier -> assertThat(queue.contains(identifier)).isTrue());
    }

    @Test
    void aLetterNobodyCanReadKeepsOnlyItsOwnSequenceWaiting() throws Exception {
        queue.enqueue("bad", letter("bad", 0));
        queue.enqueue("good", letter("good", 0));
        store.close();
        byte[] key = Keys.join(Keys.prefix("policies"), Keys.numbered("bad", 0));
        byte[] letter = Tampering.get(dir, Table.DEAD_LETTERS, key);
        letter[60] ^= 1;
        Tampering.put(dir, Table.DEAD_LETTERS, key, letter);
        open();
        Set<String> processed = new HashSet<>();
        assertThat(queue.process(each -> {
                    processed.add(((Reported) each.message().getPayload()).device());
                    return Decisions.evict();
                }))
                .isTrue();
        assertThat(processed).containsExactly("good");
        assertThat(queue.contains("bad")).isTrue();
    }

    private void reopen() {
        store.close();
        open();
    }

    private RocksDeadLetterQueue queue(String group) {
        return new RocksDeadLetterQueue(store, group, serializer, serializer);
    }

    private static DeadLetter<EventMessage<?>> letter(String device, int number) {
        EventMessage<?> event = new GenericDomainEventMessage<>("device", device, number, new Reported(device, number));
        return new GenericDeadLetter<>(device, event, new IllegalStateException("failed"));
    }

    private static <T> List<T> list(Iterable<T> all) {
        return StreamSupport.stream(all.spliterator(), false).toList();
    }
}
