package dev.muster.server.lab;

import dev.muster.identity.Caller;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refusal;
import dev.muster.lab.RefusedOrders;
import dev.muster.overview.CommandRefused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes refused orders into the log, as the bus does with those that it refuses. History is for ever and programs ask every
 * second whether a board is free by now, so the same of the same person stands there once a minute at most.
 */
public final class RefusedOrderLog implements RefusedOrders {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedOrderLog.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int REMEMBERED_MAX = 1000;

    private final EventStore events;
    private final Executor threads;
    private final Clock clock;
    /** When each was written last; guarded by itself. */
    private final Map<Tried, Instant> lately = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Tried, Instant> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private record Tried(String actor, String order, String target, String code) {}

    /** @param threads where writing may block, and where no command is being handled */
    public RefusedOrderLog(EventStore events, Executor threads, Clock clock) {
        this.events = events;
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    public void note(String order, String target, Refusal refusal, Caller caller) {
        if (!isNews(new Tried(caller.actor(), order, target, refusal.code()))) {
            return;
        }
        String command = "lab." + order;
        CommandRefused refused = new CommandRefused(command, target, refusal.code(), refusal.kind(), refusal.message());
        Map<String, String> metadata = new HashMap<>(caller.provenance());
        metadata.put(Provenance.COMMAND, command);
        try {
            threads.execute(() -> write(refused, metadata));
        } catch (RuntimeException e) {
            LOG.warn("The refusal of {} could not be recorded", command, e);
        }
    }

    private boolean isNews(Tried tried) {
        Instant now = clock.instant();
        synchronized (lately) {
            Instant before = lately.get(tried);
            if (before != null && Duration.between(before, now).abs().compareTo(QUIET) < 0) {
                return false;
            }
            lately.remove(tried);
            lately.put(tried, now);
            return true;
        }
    }

    private void write(CommandRefused refused, Map<String, String> metadata) {
        try {
            events.publish(List.of(new GenericEventMessage<>(refused, metadata)));
        } catch (RuntimeException e) {
            LOG.warn("The refusal of {} could not be recorded", refused.command(), e);
        }
    }
}
