package dev.muster.apps.reagent;

import dev.muster.apps.AgentLink.LogItem;
import dev.muster.apps.AgentLink.LogItem.Cleared;
import dev.muster.apps.AgentLink.LogItem.Lines;
import dev.muster.apps.AgentLink.LogItem.Message;
import dev.muster.apps.AgentLink.LogItem.Missed;
import dev.muster.apps.AgentLink.LogItem.Transfer;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.Heard;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Match;
import dev.muster.wamp.WampFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;

/**
 * Logs of apps, live. Agents write only while somebody is subscribed to the very topic, and learn of that from the
 * router: so a viewer is a subscription, and the last one who goes takes it away. Nobody who is slow holds up a
 * device.
 */
final class AgentLogs {

    /** Items that wait for one viewer; each may be a good part of a mebibyte. */
    private static final int WAITING_MAX = 64;

    /** Characters of an item; agents send at most a quarter of a mebibyte at once. */
    private static final int TEXT_MAX = 1 << 18;

    private static final String CLEAR = "LOGGER_CLEAR";

    private final LocalSession session;
    private final AppAgents agents;

    AgentLogs(LocalSession session, AppAgents agents) {
        this.session = session;
        this.agents = agents;
    }

    Flux<LogItem> of(DeviceId device, String container) {
        return Flux.defer(() -> {
            AppAgent agent = agents.needed(device);
            String topic = "reswarm.logs." + agent.serial() + "." + Containers.only(container);
            AtomicLong missed = new AtomicLong();
            return session.subscribe(topic, Match.EXACT)
                    .mapNotNull(AgentLogs::item)
                    // The oldest go: so what is said to be missing was before the next that is shown.
                    .onBackpressureBuffer(
                            WAITING_MAX, dropped -> missed.incrementAndGet(), BufferOverflowStrategy.DROP_OLDEST)
                    .concatMapIterable(item -> after(missed.getAndSet(0), item), 1)
                    // The router ends, and with it this server.
                    .onErrorResume(WampFailure.class, over -> Flux.empty());
        });
    }

    private static List<LogItem> after(long missed, LogItem item) {
        return missed == 0 ? List.of(item) : List.of(new Missed(missed), item);
    }

    /** Null for what is none. */
    private static @Nullable LogItem item(Heard heard) {
        Object said = heard.payload().arg(0);
        if (said instanceof String text) {
            return new Lines(cut(text));
        }
        if (!(said instanceof Map<?, ?> object)) {
            return null;
        }
        if (object.get("chunk") instanceof String chunk) {
            return chunk.equals(CLEAR) ? new Cleared() : new Message(cut(chunk));
        }
        return object.get("id") instanceof String file && object.get("progress") instanceof String progress
                ? new Transfer(cut(file), cut(progress))
                : null;
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
