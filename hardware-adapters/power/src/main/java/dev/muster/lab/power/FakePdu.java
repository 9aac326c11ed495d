package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Outlets that exist only in memory, for the demo and for tests: an option {@code snmppower} whose {@code model} is
 * {@code fake}. Its parameters: {@code host} and {@code port} name the outlet, {@code latency} is how long an answer takes,
 * {@code initial} is {@code off} (usual) or {@code on}, {@code fail} names a refusal that every answer is, like
 * {@code power-timeout}. The same can be changed here while it runs.
 */
public final class FakePdu {

    private static final Duration LATENCY_MAX = Duration.ofMinutes(1);

    private final ScheduledExecutorService loop;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    /** How an outlet is; {@code failing} and {@code stuck} are null and false when all is well. */
    private record Socket(
            Power power, boolean stuck, @Nullable LabRefusal failing) {
        static final Socket NEW = new Socket(Power.OFF, false, null);
    }

    FakePdu(ScheduledExecutorService loop) {
        this.loop = loop;
    }

    /** How the outlet is; off if nothing ever was with it. */
    public Power power(String host, String port) {
        return sockets.getOrDefault(name(host, port), Socket.NEW).power();
    }

    /** Somebody turned it by hand, or it says something that is neither on nor off. */
    public void turnedByHand(String host, String port, Power power) {
        change(host, port, it -> new Socket(power, it.stuck(), it.failing()));
    }

    /** Every answer is this refusal from now on; null: all is well again. */
    public void failing(String host, String port, @Nullable LabRefusal with) {
        change(host, port, it -> new Socket(it.power(), it.stuck(), with));
    }

    /** It takes orders and does nothing. */
    public void stuck(String host, String port, boolean stuck) {
        change(host, port, it -> new Socket(it.power(), stuck, it.failing()));
    }

    private void change(String host, String port, UnaryOperator<Socket> how) {
        sockets.compute(name(host, port), (_, it) -> how.apply(it == null ? Socket.NEW : it));
    }

    private static String name(String host, String port) {
        return host + "/" + port;
    }

    Outlet outlet(Parameters given, Host host, Outlet.Manner manner) {
        String hostName = hostOf(given);
        return new FakeOutlet(
                hostName,
                name(hostName, given.required("port")),
                host,
                manner,
                given.duration("latency", Duration.ZERO, LATENCY_MAX),
                given.truth("initial", false) ? Power.ON : Power.OFF,
                failure(given));
    }

    static String hostOf(Parameters given) {
        return given.text("host", "fake");
    }

    private static @Nullable LabRefusal failure(Parameters given) {
        String name = given.text("fail");
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Arrays.stream(LabRefusal.values())
                .filter(each -> each.code().equals("lab." + name))
                .findFirst()
                .orElseThrow(() -> given.wrong("fail", "must be the code of a refusal, like power-timeout"));
    }

    private final class FakeOutlet implements Outlet {

        private final String hostName;
        private final String name;
        private final Host host;
        private final Manner manner;
        private final Duration latency;
        private final @Nullable LabRefusal failing;

        FakeOutlet(
                String hostName,
                String name,
                Host host,
                Manner manner,
                Duration latency,
                Power initial,
                @Nullable LabRefusal failing) {
            this.hostName = hostName;
            this.name = name;
            this.host = host;
            this.manner = manner;
            this.latency = latency;
            this.failing = failing;
            sockets.putIfAbsent(name, new Socket(initial, false, null));
        }

        @Override
        public String driver() {
            return "fake";
        }

        @Override
        public String host() {
            return "fake:" + hostName;
        }

        @Override
        public String id() {
            return "fake:" + name;
        }

        @Override
        public Manner manner() {
            return manner;
        }

        @Override
        public CompletableFuture<Power> read() {
            return host.ask(() -> later().thenApply(_ -> working().power()));
        }

        @Override
        public CompletableFuture<Void> turn(boolean on) {
            return host.ask(() -> later().thenAccept(_ -> {
                if (!working().stuck()) {
                    sockets.computeIfPresent(name, (_, it) -> new Socket(Power.of(on), it.stuck(), it.failing()));
                }
            }));
        }

        private Socket working() {
            Socket socket = sockets.getOrDefault(name, Socket.NEW);
            LabRefusal refusal = failing != null ? failing : socket.failing();
            if (refusal != null) {
                throw refusal.because("The outlet " + id() + " was told to fail like this.");
            }
            return socket;
        }

        private CompletableFuture<Void> later() {
            CompletableFuture<Void> later = new CompletableFuture<>();
            var _ = loop.schedule(() -> later.complete(null), latency.toNanos(), TimeUnit.NANOSECONDS);
            return later;
        }
    }
}
