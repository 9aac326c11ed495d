package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queue, token store and engine together under Axon's own processor. */
class ParkingTest {

    record Reported(int device, int number) {}

    private static final int DEVICES = 100;
    private static final int POISONED = 37;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    @Test
    void onePoisonedDeviceIsParkedInOrderWhileTheOthersGoOn() {
        Serializer json = Serializers.json();
        Map<Integer, List<Integer>> handled = new ConcurrentHashMap<>();
        AtomicBoolean poison = new AtomicBoolean(true);
        Object handler = new Object() {
            @EventHandler
            void on(Reported event) {
                if (poison.get() && event.device() == POISONED) {
                    throw new IllegalStateException("poison");
                }
                handled.computeIfAbsent(event.device(), d -> new CopyOnWriteArrayList<>())
                        .add(event.number());
            }
        };
        var threads = Executors.newScheduledThreadPool(2);
        try (EmbeddedStore store = Samples.open(dir)) {
            EmbeddedEventStore events = EmbeddedEventStore.builder()
                    .storageEngine(RocksEventStorageEngine.over(store, json, json))
                    .build();
            RocksDeadLetterQueue queue = new RocksDeadLetterQueue(store, "policy", json, json);
            DeadLetteringEventHandlerInvoker invoker = DeadLetteringEventHandlerInvoker.builder()
                    .eventHandlers(handler)
                    .sequencingPolicy(SequentialPerAggregatePolicy.instance())
                    .queue(queue)
                    .transactionManager(NoTransactionManager.instance())
                    .build();
            var processor = PooledStreamingEventProcessor.builder()
                    .name("policy")
                    .messageSource(events)
                    .tokenStore(new RocksTokenStore(store, json, "node-1"))
                    .transactionManager(NoTransactionManager.instance())
                    .eventHandlerInvoker(invoker)
                    .errorHandler(PropagatingErrorHandler.instance())
                    .coordinatorExecutor(threads)
                    .workerExecutor(threads)
                    .initialSegmentCount(4)
                    .build();
            for (int number = 0; number < 5; number++) {
                for (int device = 0; device < DEVICES; device++) {
                    events.publish(new GenericDomainEventMessage<>(
                            "device", "device-" + device, number, new Reported(device, number)));
                }
            }
            processor.start();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(handled).hasSize(DEVICES - 1).doesNotContainKey(POISONED);
                assertThat(handled.values())
                        .allSatisfy(numbers -> assertThat(numbers).containsExactly(0, 1, 2, 3, 4));
                assertThat(queue.sequenceSize("device-" + POISONED)).isEqualTo(5);
            });
            assertThat(queue.amountOfSequences()).isEqualTo(1);

            poison.set(false);
            assertThat(invoker.processAny()).isTrue();
            assertThat(handled.get(POISONED)).containsExactly(0, 1, 2, 3, 4);
            assertThat(queue.size()).isZero();
            processor.shutDown();
            events.shutDown();
        } finally {
            threads.shutdownNow();
        }
    }
}
