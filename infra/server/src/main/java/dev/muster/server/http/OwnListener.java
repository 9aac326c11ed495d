package dev.muster.server.http;

import dev.muster.server.AfterHistory;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A port of its own for one protocol of devices, beside the one of the whole server. It opens when history is read and
 * closes first of all: what it answers with is there as long as it is open, and so are the threads that both share.
 */
public final class OwnListener implements AfterHistory, ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(OwnListener.class);
    private static final Duration START_MAX = Duration.ofSeconds(20);
    /** For answers under way. */
    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    /** As the server's own port has it. */
    private static final Duration IDLE_MAX = Duration.ofSeconds(75);

    private static final int LINE_LENGTH_MAX = 16 << 10;
    private static final int PORT_MAX = 65_535;

    private final String name;
    private final InetSocketAddress address;
    private final HttpHandler handler;
    private volatile @Nullable DisposableServer server;

    /**
     * @param name what it is for, for people
     * @param address see {@link #addressOf}
     */
    public OwnListener(String name, InetSocketAddress address, HttpHandler handler) {
        this.name = name;
        this.address = address;
        this.handler = handler;
    }

    /**
     * Reads {@code host:port}, with an IPv6 address in brackets; port 0 is any that is free. A text that is none is a
     * wrong setting: {@link IllegalArgumentException}.
     *
     * @param setting its name, for the message
     */
    public static InetSocketAddress addressOf(String setting, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        int port = colon < 0 ? -1 : port(text.substring(colon + 1));
        if (host.isBlank() || (host.indexOf(':') >= 0 && !bracketed) || port < 0) {
            throw new IllegalArgumentException(setting + " must look like 127.0.0.1:8000: '" + text + "'");
        }
        InetSocketAddress address =
                new InetSocketAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(setting + " names no address of this machine: '" + text + "'");
        }
        return address;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= PORT_MAX ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void begin() {
        server = HttpServer.create()
                .bindAddress(() -> address)
                .channelGroup(new DefaultChannelGroup(name, GlobalEventExecutor.INSTANCE))
                .idleTimeout(IDLE_MAX)
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(LINE_LENGTH_MAX))
                .handle(new ReactorHttpHandlerAdapter(
                        (request, response) -> handler.handle(request, OwnThreadResponse.of(response))))
                .bindNow(START_MAX);
        LOG.info("{}: {}", name, address);
    }

    /** Its real port; only while it is open. */
    public int port() {
        DisposableServer open = server;
        if (open == null) {
            throw new IllegalStateException(name + " is not open");
        }
        return open.port();
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        end();
    }

    @Override
    public void end() {
        DisposableServer open = server;
        if (open == null || open.isDisposed()) {
            return;
        }
        try {
            open.disposeNow(STOP_MAX);
        } catch (IllegalStateException e) {
            LOG.warn("{} did not close within {}", name, STOP_MAX);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
