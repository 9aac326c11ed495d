package dev.muster.lab.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/**
 * The way to the controller's ssh server, for those who have no token yet (contract §3, §5.1). Nobody is asked who they
 * are, so it leads to one place only, is not there unless it was configured, and opens only so often.
 */
final class ControllerRoute {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerRoute.class);
    private static final int CONNECT_MILLIS_MAX = 5000;
    /** Bytes read at once; a connection keeps at most 32 such pieces that nobody has asked for. */
    private static final int PIECE = 16 << 10;

    private static final int ALL_TIMES = 6;

    private final BitelabSettings settings;
    private final BitelabSettings.ChannelLimits limits;
    private final Upgrades upgrades;
    private final Clock clock;
    private final AtomicInteger open = new AtomicInteger();
    /** Guarded by itself; in the order of time. */
    private final Deque<Opened> lately = new ArrayDeque<>();

    private record Opened(Instant at, @Nullable InetAddress by) {}

    ControllerRoute(BitelabSettings settings, Upgrades upgrades, Clock clock) {
        this.settings = settings;
        this.limits = settings.channels();
        this.upgrades = upgrades;
        this.clock = clock;
    }

    Mono<Void> go(Visit visit) {
        String host = settings.controllerHost();
        if (host == null) {
            throw WireFailure.notFound();
        }
        Upgrades.check(visit, null);
        limit(visit.address);
        if (open.incrementAndGet() > limits.controllerMax()) {
            open.decrementAndGet();
            throw WireFailure.tooMany("Too many are on their way to the controller.");
        }
        return upgrades.open(visit, null, false, wire -> new Tunnel(wire, host), open::decrementAndGet);
    }

    private void limit(@Nullable InetAddress by) {
        Instant now = clock.instant();
        synchronized (lately) {
            while (!lately.isEmpty() && lately.getFirst().at().isBefore(now.minus(Duration.ofMinutes(1)))) {
                lately.removeFirst();
            }
            long same = lately.stream()
                    .filter(each -> Objects.equals(each.by(), by))
                    .count();
            if (same >= limits.controllerPerMinuteMax()
                    || lately.size() >= ALL_TIMES * limits.controllerPerMinuteMax()) {
                throw WireFailure.tooMany("The controller was asked for too often; wait a minute.");
            }
            lately.addLast(new Opened(now, by));
        }
    }

    private final class Tunnel implements Talk {

        private final Wire wire;
        private final String host;
        private @Nullable Connection controller;

        Tunnel(Wire wire, String host) {
            this.wire = wire;
            this.host = host;
        }

        @Override
        public void begin() {
            var _ = wire.loop()
                    .schedule(
                            () -> wire.end(CloseCode.OTHER, "This takes too long."),
                            limits.controllerLifeMax().toMillis(),
                            TimeUnit.MILLISECONDS);
            TcpClient.newConnection()
                    .host(host)
                    .port(settings.controllerPort())
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(PIECE))
                    .connect()
                    .subscribe(connection -> wire.loop().execute(() -> connected(connection)), failure -> {
                        LOG.warn("The controller's ssh server cannot be reached: {}", failure.toString());
                        wire.end(CloseCode.NOT_STARTED, "The controller cannot be reached.");
                    });
        }

        private void connected(Connection connection) {
            if (wire.isOver()) {
                connection.dispose();
                return;
            }
            controller = connection;
            Outlet outlet = new Outlet(connection.channel());
            outlet.pour(wire.gate.through(), Unpooled::wrappedBuffer)
                    .subscribe(nothing -> {}, failure -> wire.end(CloseCode.OTHER, "The tunnel broke."));
            wire.outlet
                    .pour(connection.inbound().receive().asByteArray(), Wire::binary)
                    .subscribe(
                            nothing -> {},
                            failure -> wire.end(CloseCode.OTHER, "The tunnel broke."),
                            () -> wire.end(CloseCode.END, ""));
        }

        @Override
        public void bytes(byte[] bytes) {
            wire.gate.take(bytes);
        }

        @Override
        public void text(String text) {
            wire.end(CloseCode.OTHER, "Only binary messages go through here.");
        }

        @Override
        public void over() {
            if (controller != null) {
                controller.dispose();
            }
        }
    }
}
