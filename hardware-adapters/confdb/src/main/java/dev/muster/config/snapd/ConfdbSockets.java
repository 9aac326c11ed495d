package dev.muster.config.snapd;

import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * One UNIX socket for each device whose programs run on this machine. Clients send one request over a connection, the
 * target in absolute form, and read to the end of the answer; so a connection ends with its first answer.
 */
public final class ConfdbSockets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfdbSockets.class);

    /** As long as the server's own. */
    private static final int LINE_LENGTH_MAX = 16 << 10;

    private static final Duration BIND_MAX = Duration.ofSeconds(10);
    private static final Duration REQUEST_MAX = Duration.ofSeconds(30);
    private static final Duration IDLE_MAX = Duration.ofSeconds(75);
    private static final Duration END_MAX = Duration.ofSeconds(3);

    private final ConfdbHandler handler;
    private final List<DeviceSocket> sockets;
    private final UnaryOperator<HttpHandler> door;
    private final List<Open> open = new ArrayList<>();

    private record Open(DisposableServer server, SocketFile file) {}

    /**
     * Refuses two sockets at one place.
     *
     * @param door what stands in front of each, e.g. to keep requests out
     */
    public ConfdbSockets(ConfdbHandler handler, List<DeviceSocket> sockets, UnaryOperator<HttpHandler> door) {
        this.handler = handler;
        this.sockets = List.copyOf(sockets);
        this.door = door;
        Set<Object> paths = new HashSet<>();
        for (DeviceSocket each : sockets) {
            if (!paths.add(each.path())) {
                throw new IllegalArgumentException(
                        "muster.registries.sockets has two devices at '" + each.path() + "'");
            }
        }
    }

    /** Opens all of them; fails when one cannot be, and closes those before it. */
    public synchronized void open() {
        if (sockets.isEmpty()) {
            return;
        }
        if (!LoopResources.hasNativeSupport()) {
            throw new IllegalStateException(
                    "muster.registries.sockets needs Linux on x86_64: there are no UNIX sockets for this machine");
        }
        try {
            for (DeviceSocket each : sockets) {
                open.add(opened(each));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("A device's socket cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Open opened(DeviceSocket socket) throws IOException {
        SocketFile file = new SocketFile(socket);
        try {
            DisposableServer server = HttpServer.create()
                    .bindAddress(() -> new DomainSocketAddress(file.hidden().toString()))
                    // With it, whoever closes waits for answers under way.
                    .channelGroup(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE))
                    .maxKeepAliveRequests(1)
                    .requestTimeout(REQUEST_MAX)
                    .idleTimeout(IDLE_MAX)
                    .httpRequestDecoder(spec -> spec.maxInitialLineLength(LINE_LENGTH_MAX))
                    .handle(new ReactorHttpHandlerAdapter(door.apply(handler.at(socket))))
                    .bindNow(BIND_MAX);
            try {
                file.show();
            } catch (IOException | RuntimeException e) {
                server.disposeNow(END_MAX);
                throw e;
            }
            LOG.info("{} has its socket at {}", socket.device(), socket.path());
            return new Open(server, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Closes all of them; programs that come now find nothing. */
    @Override
    public synchronized void close() {
        for (Open each : open.reversed()) {
            try {
                each.file().close();
                each.server().disposeNow(END_MAX);
            } catch (IOException | RuntimeException e) {
                LOG.warn("A device's socket did not close as it should", e);
            }
        }
        open.clear();
    }
}
