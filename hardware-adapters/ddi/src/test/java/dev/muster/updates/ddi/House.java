package dev.muster.updates.ddi;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Ids;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.NoteAddress;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceEvent.AddressChanged;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceEvent.TokenIssued;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.testing.Changed;
import dev.muster.testing.HandClock;
import dev.muster.testing.MemoryHeartbeats;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionViews;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SettingsEvent.SettingsChanged;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.UpdateSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The handler on a real port, with a house around it that decides nearly nothing and remembers every command. */
final class House implements AutoCloseable {

    static final String GATEWAY = "a-gateway-token";

    private static final byte[] CLOSED = "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"}}}"
            .getBytes(StandardCharsets.UTF_8);

    final Desk desk = new Desk();
    final DdiMetrics metrics = new DdiMetrics();
    final FakeShelf shelf = new FakeShelf();
    final HandClock clock = HandClock.at("2026-03-02T10:00:00Z");
    final FakeLog log = new FakeLog();
    final MemoryHeartbeats heartbeats = new MemoryHeartbeats();
    final ConcurrentLinkedQueue<Object> commands = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Map<String, String>> provenances = new ConcurrentLinkedQueue<>();
    final Map<Class<?>, RuntimeException> refusals = new ConcurrentHashMap<>();
    final FakeFleet fleet = new FakeFleet();
    private final HttpClient client = HttpClient.newHttpClient();
    private final DisposableServer server;

    House() {
        this(DdiSettings.DEFAULTS);
    }

    House(DdiSettings settings) {
        DdiPorts ports = new DdiPorts(
                new Deciding(), log, heartbeats, fleet, shelf, new NoViews(), new Counting(), new CronWindows(), clock);
        change();
        DdiHandler handler = new DdiHandler(desk, ports, settings, metrics);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    /** What was sent is forgotten. */
    void forget() {
        commands.clear();
        provenances.clear();
    }

    /** Between two tests: what was sent is forgotten, nothing is refused, held back or set otherwise than usual. */
    void tidyUp() {
        forget();
        refusals.clear();
        log.lag = 0;
        log.catchUp = Mono.empty();
        shelf.presigned = null;
        change();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** The usual settings and a gateway token, but for these: names and values by turns. */
    void change(Object... namesAndValues) {
        UpdateSettings usual = Changed.copy(UpdateSettings.DEFAULTS, "gatewayTokenDigest", Ids.digest(GATEWAY));
        tell(new SettingsChanged(Changed.copy(usual, namesAndValues)));
    }

    void tell(Object event) {
        desk.apply(new Recorded(log.position.incrementAndGet(), "e", clock.instant(), event, null, 0, Map.of()));
    }

    void device(String id, String token) {
        tell(new DeviceRegistered(
                new DeviceId(id),
                id,
                null,
                List.of(),
                Map.of(),
                "http://127.0.0.1",
                token == null ? null : Ids.digest(token),
                Origin.OPERATOR));
        tell(new FirstContactMade(new DeviceId(id)));
    }

    ReleaseRef release(String name, SoftwareModule... modules) {
        ReleaseRef ref = new ReleaseRef(ReleaseId.of(name, "1"), name, "1");
        tell(new ReleaseCreated(ref.id(), name, "1", List.of(modules), false, null));
        return ref;
    }

    void assign(String id, int action, ReleaseRef release) {
        assign(id, action, release, ActionType.FORCED, null, null);
    }

    void assign(
            String id, int action, ReleaseRef release, ActionType type, Instant forcedAt, MaintenanceWindow window) {
        tell(new ActionAssigned(
                new DeviceId(id),
                action,
                release,
                false,
                type,
                forcedAt,
                null,
                window,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url() + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, null, withGateway(headers));
    }

    /** Sends JSON. */
    HttpResponse<byte[]> json(String method, String path, byte[] body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return send(method, path, body, withGateway(all));
    }

    /** The device says that the action has ended well. */
    HttpResponse<byte[]> feedback(String id, int action) {
        return json("POST", path(id) + "/deploymentBase/" + action + "/feedback", CLOSED);
    }

    private static String[] withGateway(String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "GatewayToken " + GATEWAY;
        return all;
    }

    static String path(String id) {
        return "/DEFAULT/controller/v1/" + id;
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    <C> List<C> sent(Class<C> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void close() {
        server.disposeNow();
        client.close();
    }

    /** Takes every command but those that are to be refused, and lets the simplest of them happen. */
    private final class Deciding implements Commands {

        @Override
        public <R> Mono<R> send(Object command) {
            throw new UnsupportedOperationException("devices have a provenance of their own");
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            commands.add(command);
            provenances.add(new HashMap<>(provenance));
            RuntimeException refusal = refusals.get(command.getClass());
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            return (CompletableFuture<R>) CompletableFuture.supplyAsync(() -> decided(command));
        }

        private Object decided(Object command) {
            switch (command) {
                case RegisterDevice c ->
                    tell(new DeviceRegistered(
                            c.deviceId(),
                            c.deviceId().value(),
                            null,
                            List.of(),
                            Map.of(),
                            c.address(),
                            c.tokenDigest(),
                            c.origin()));
                case NoteFirstContact c -> tell(new FirstContactMade(c.deviceId()));
                case NoteAddress c -> tell(new AddressChanged(c.deviceId(), c.address()));
                case IssueToken c -> tell(new TokenIssued(c.deviceId(), c.tokenDigest()));
                default -> {}
            }
            return null;
        }
    }

    private static final class Counting implements Numbers {

        private final AtomicLong last = new AtomicLong(100);

        @Override
        public Mono<Long> next(Series series) {
            return next(series, 1);
        }

        @Override
        public Mono<Long> next(Series series, int count) {
            return Mono.fromSupplier(() -> last.getAndAdd(count) + 1);
        }
    }

    private static final class NoViews implements ActionViews {

        @Override
        public Mono<ActionView> find(DeviceId deviceId, int action) {
            return Mono.empty();
        }

        @Override
        public Flux<ActionView> find(DeviceId deviceId, Collection<Integer> actions) {
            return Flux.empty();
        }
    }
}
