package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.Test;

/** What a replay of any event store tells its handlers. */
public abstract class ReplayContract extends ContractGround {

    @Test
    public void aReplayKnowsWhatIsOldAndWhatIsNew() {
        String counter = newId();
        TrackingToken start = events().createHeadToken();
        try (Replayed replayed = new Replayed(counter, start)) {
            replayed.processor.start();
            count(counter, 0, 3);
            replayed.awaitSeen("0 new", "1 new", "2 new");

            replayed.reset(start);
            count(counter, 3, 5);
            replayed.processor.start();
            replayed.awaitSeen("0 again", "1 again", "2 again", "3 new", "4 new");
        }
    }

    @Test
    public void aReplayThatIsResetHalfwayStillKnowsWhatWasSeenBeforeTheFirstReset() {
        String counter = newId();
        TrackingToken start = events().createHeadToken();
        try (Replayed replayed = new Replayed(counter, start)) {
            replayed.processor.start();
            count(counter, 0, 4);
            replayed.awaitSeen("0 new", "1 new", "2 new", "3 new");

            replayed.reset(start);
            replayed.failAt = 2;
            replayed.processor.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(replayed.seen).startsWith("0 again", "1 again"));
            replayed.reset(start);
            replayed.failAt = -1;
            count(counter, 4, 6);
            replayed.processor.start();
            replayed.awaitSeen("0 again", "1 again", "2 again", "3 again", "4 new", "5 new");
        }
    }

    @Test
    public void aReplayFromTheMiddleLeavesTheBeginningAlone() {
        String counter = newId();
        TrackingToken start = events().createHeadToken();
        try (Replayed replayed = new Replayed(counter, start)) {
            replayed.processor.start();
            count(counter, 0, 2);
            TrackingToken middle = events().createHeadToken();
            count(counter, 2, 4);
            replayed.awaitSeen("0 new", "1 new", "2 new", "3 new");

            replayed.reset(middle);
            count(counter, 4, 5);
            replayed.processor.start();
            replayed.awaitSeen("2 again", "3 again", "4 new");
        }
    }

    /** A processor of one counter's events that notes whether it takes each for a replayed one. */
    private final class Replayed implements AutoCloseable {

        private final String counter;
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        private final PooledStreamingEventProcessor processor;
        private volatile int failAt = -1;

        Replayed(String counter, TrackingToken start) {
            this.counter = counter;
            this.processor = PooledStreamingEventProcessor.builder()
                    .name("replay-" + counter)
                    .messageSource(events())
                    .tokenStore(new InMemoryTokenStore())
                    .transactionManager(NoTransactionManager.instance())
                    .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                            .eventHandlers(this)
                            .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                            .build())
                    .errorHandler(PropagatingErrorHandler.instance())
                    .coordinatorExecutor(threads)
                    .workerExecutor(threads)
                    .initialSegmentCount(1)
                    .initialToken(source -> start)
                    .batchSize(1)
                    .build();
        }

        @EventHandler
        void on(Counted event, ReplayStatus status) {
            if (event.by().equals(counter)) {
                if (event.number() == failAt) {
                    throw new IllegalStateException("stop here");
                }
                seen.add(event.number() + (status.isReplay() ? " again" : " new"));
            }
        }

        void reset(TrackingToken to) {
            processor.shutDown();
            seen.clear();
            processor.resetTokens(source -> to);
        }

        void awaitSeen(String... expected) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(seen).containsExactly(expected));
        }

        @Override
        public void close() {
            processor.shutDown();
            threads.shutdownNow();
        }
    }
}
