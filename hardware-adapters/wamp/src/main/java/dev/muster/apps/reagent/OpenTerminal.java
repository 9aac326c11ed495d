package dev.muster.apps.reagent;

import dev.muster.apps.AgentLink.TerminalSession;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.KernelRefusal;
import dev.muster.wamp.Heard;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Match;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A shell that is open. It is listened to from the beginning; what whoever looks is too slow for is lost to them, as
 * the device must not wait.
 */
final class OpenTerminal implements TerminalSession {

    /** What a shell says when it is over. */
    private static final String END = "TERMINAL_EOF";

    private static final int WAITING_MAX = 1_024;
    /** Bytes that wait for whoever looks; a device may write as much at once as a message can hold. */
    private static final int WAITING_BYTES_MAX = 4 << 20;

    private static final int INPUT_MAX = 64 * 1024;
    private static final int SIZE_MAX = 32_767;

    private final String id;
    private final AppAgent agent;
    private final AgentPresence.Live live;
    private final TerminalTopics topics;
    private final LocalSession session;
    private final AgentCalls calls;
    private final Duration callMax;
    private final Sinks.Many<byte[]> output =
            Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(WAITING_MAX));
    private final AtomicInteger waiting = new AtomicInteger();
    private final Disposable.Swap hearing = Disposables.swap();
    private final Mono<Void> closing;

    /**
     * @param live the device's session in which it was opened
     * @param isEncoded whether what it writes comes as Base64, where the wire has no bytes
     * @param closing what else ends with it; subscribed to once
     */
    OpenTerminal(
            String id,
            AppAgent agent,
            AgentPresence.Live live,
            boolean isEncoded,
            TerminalTopics topics,
            LocalSession session,
            AgentCalls calls,
            Duration callMax,
            Mono<Void> closing) {
        this.id = id;
        this.agent = agent;
        this.live = live;
        this.topics = topics;
        this.session = session;
        this.calls = calls;
        this.callMax = callMax;
        this.closing = closing.cache();
        hearing.update(session.subscribe(topics.data(), Match.EXACT)
                .subscribe(heard -> heard(heard, isEncoded), over -> completed()));
    }

    /** Whether it was opened in this session of its device. */
    boolean isOf(AgentPresence.Live session) {
        return live.equals(session);
    }

    private void heard(Heard heard, boolean isEncoded) {
        byte[] bytes = bytes(heard.payload().arg(0), isEncoded);
        if (bytes == null) {
            return;
        }
        if (new String(bytes, StandardCharsets.UTF_8).equals(END)) {
            drop();
        } else if (waiting.addAndGet(bytes.length) > WAITING_BYTES_MAX || !isTaken(bytes)) {
            waiting.addAndGet(-bytes.length);
        }
    }

    /** It is written to from one thread and ended from others; whoever came at the same time would be turned away. */
    private boolean isTaken(byte[] bytes) {
        synchronized (output) {
            return output.tryEmitNext(bytes).isSuccess();
        }
    }

    private void completed() {
        synchronized (output) {
            output.tryEmitComplete();
        }
    }

    private static byte @Nullable [] bytes(@Nullable Object said, boolean isEncoded) {
        if (said instanceof byte[] bytes) {
            return bytes;
        }
        if (!(said instanceof String text)) {
            return null;
        }
        if (!isEncoded) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Nothing comes any more. */
    void drop() {
        completed();
        hearing.dispose();
    }

    /** Nothing comes any more, because the device is away. */
    void lose() {
        synchronized (output) {
            output.tryEmitError(AppsRefusal.AGENT_OFFLINE.because("The device went away."));
        }
        hearing.dispose();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Flux<byte[]> output() {
        return output.asFlux().doOnNext(bytes -> waiting.addAndGet(-bytes.length));
    }

    @Override
    public Mono<Void> write(String text) {
        if (text.length() > INPUT_MAX) {
            return Mono.error(KernelRefusal.INVALID_REQUEST.because("That is too much input at once."));
        }
        return session.publish(topics.write(), List.of(text), Map.of());
    }

    @Override
    public Mono<Void> resize(int rows, int columns) {
        if (rows < 1 || rows > SIZE_MAX || columns < 1 || columns > SIZE_MAX) {
            return Mono.error(
                    KernelRefusal.INVALID_REQUEST.because("A terminal has 1 to " + SIZE_MAX + " rows and columns."));
        }
        return calls.call(
                        agent,
                        topics.resize(),
                        List.of(Map.of("height", (long) rows, "width", (long) columns)),
                        Map.of(),
                        callMax)
                .then();
    }

    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            drop();
            return closing;
        });
    }
}
