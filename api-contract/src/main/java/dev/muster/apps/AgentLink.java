package dev.muster.apps;

import dev.muster.identity.Caller;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The line to devices' agents. Agents do little checking of their own: whoever uses this has made sure that the caller
 * may, and has put on record what is privileged ({@link AgentAudit}).
 */
public interface AgentLink {

    /** Whether a session of the device is open on this node. */
    boolean isOnline(DeviceId device);

    /**
     * Calls a procedure of the agent. Fails with {@link AppsRefusal#AGENT_OFFLINE}, {@link AppsRefusal#AGENT_FAILED} (in
     * its words) or {@link AppsRefusal#AGENT_SILENT}.
     *
     * @param procedure its last part, such as {@code get_images}
     * @param args plain values, as {@link AppOrderWire} has them
     */
    Mono<Answer> call(DeviceId device, String procedure, List<?> args, Map<String, ?> kwargs, Caller caller);

    /** Lives until it is cancelled, also while the device is away. Who is too slow misses items, and is told how many. */
    Flux<LogItem> logs(DeviceId device, String container);

    /**
     * Opens a shell.
     *
     * @param container as {@code prod_7_hello}; null for the device's own
     */
    Mono<TerminalSession> terminal(DeviceId device, @Nullable String container, Caller caller);

    /** Values may be null inside; both may be empty. */
    record Answer(List<Object> args, Map<String, Object> kwargs) {}

    /** Something that a log's viewer is shown. */
    sealed interface LogItem {

        /** What containers wrote: one or more lines, without the last line's end. */
        record Lines(String text) implements LogItem {}

        /** What the agent says of what it does. */
        record Message(String text) implements LogItem {}

        /** What was shown so far is to be cleared away. */
        record Cleared() implements LogItem {}

        /** An upload goes on. */
        record Transfer(String file, String progress) implements LogItem {}

        /** Items that this viewer was too slow for. */
        record Missed(long items) implements LogItem {}
    }

    /** An open shell. */
    interface TerminalSession {

        String id();

        /**
         * What the shell writes, completed when it ends, failed with {@link AppsRefusal#AGENT_OFFLINE} when the device
         * goes away. To be subscribed once.
         */
        Flux<byte[]> output();

        Mono<Void> write(String text);

        /** @param columns both 1 to 32767 */
        Mono<Void> resize(int rows, int columns);

        /** Ends it. Doing so again does nothing. */
        Mono<Void> close();
    }
}
