package dev.muster.config.snapd;

import dev.muster.config.DatabagId;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.config.SecretsEvent;
import dev.muster.config.seals.VaultSeals;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.ViewScope;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceId;
import dev.muster.testing.HandClock;
import dev.muster.testing.MemoryHeartbeats;
import dev.muster.testing.MemoryVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The handler behind real doors, a port and a socket for each generation, with a house around it made of maps. */
final class ConfdbHouse implements AutoCloseable {

    static final DeviceId ROBOT = new DeviceId("robot");
    static final String DEVICE_TOKEN = "TargetToken robots-own";
    /** Known once the log was waited for. */
    static final String NEW_TOKEN = "TargetToken given-just-now";

    final VaultSeals seals = new VaultSeals(new MemoryVault());
    final FakeStore store = new FakeStore(seals);
    final HandClock clock = HandClock.at("2026-11-27T10:00:00Z");
    final MemoryHeartbeats heartbeats = new MemoryHeartbeats();
    final Map<String, Caller> tokens = new ConcurrentHashMap<>();
    /** Whether the log was waited for. */
    volatile boolean hasReadOn;

    /** Whether the log, which may be another server's, was asked for its length where connections are served. */
    volatile boolean hasHeldUpConnections;

    /** When it is read on, null for a moment later. */
    volatile Mono<Void> standstill;

    /** Who waits for the end of the standstill. */
    final AtomicInteger waiting = new AtomicInteger();

    final ConcurrentLinkedQueue<SecretsEvent> audited = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> auditors = new ConcurrentLinkedQueue<>();
    final Path directory;
    final ConfdbHandler handler;

    private final ConfdbSockets sockets;
    private final DisposableServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ConfdbHouse() {
        this(ConfdbSettings.DEFAULTS);
    }

    ConfdbHouse(ConfdbSettings settings) {
        try {
            directory = Files.createTempDirectory("confdb");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        handler = new ConfdbHandler(
                new ConfdbPorts(
                        store,
                        store,
                        store,
                        new OneDevice(),
                        seals,
                        this::noted,
                        this::actorOf,
                        (token, provenance) -> Mono.justOrEmpty(tokens.get(token)),
                        store,
                        new Settled(),
                        heartbeats,
                        request -> request.getRemoteAddress().getAddress(),
                        clock),
                settings);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter((request, response) -> {
                    if (handler.serves(request)) {
                        return handler.handle(request, response);
                    }
                    response.setRawStatusCode(418);
                    return response.setComplete();
                }))
                .bindNow();
        List<DeviceSocket> files = List.of(
                socket(Generation.V2_68),
                socket(Generation.V2_69),
                socket(Generation.V2_71),
                socket(Generation.V2_72),
                socket(Generation.V2_73),
                socket(Generation.V2_74));
        sockets = new ConfdbSockets(handler, files, UnaryOperator.identity());
        sockets.open();
    }

    private DeviceSocket socket(Generation generation) {
        return new DeviceSocket(path(generation), ROBOT, generation == Generation.V2_73, generation);
    }

    Path path(Generation generation) {
        return directory.resolve(generation.name());
    }

    int port() {
        return server.port();
    }

    /** Over the socket whose confdb is of this generation; older ones have paths of their own on each. */
    Answer local(Generation generation, String method, String path, String body) {
        Generation confdb = generation.isConfdb() ? generation : Generation.V2_74;
        return new RawSocket(path(confdb)).send(method, "/v2/" + path, body);
    }

    /** Over TCP, as whoever shows this. */
    Answer remote(String authorization, String method, String path, String body) {
        return remote(authorization, "robot", method, path, body);
    }

    Answer remote(String authorization, String device, String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + server.port() + "/registries/devices/" + device + "/v2/" + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            answer.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            return new Answer(answer.statusCode(), headers, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code <generation>/<account>/<name>/<view>}. */
    static String view(Generation generation, RegistryId registry, String view) {
        return generation.segment() + "/" + registry + "/" + view;
    }

    /** Lets somebody in; answers what they show. */
    String bearer(String name, Set<Permission> permissions, String... scopes) {
        Caller caller = new Caller(
                Caller.Kind.TOKEN,
                name,
                name,
                null,
                permissions,
                Map.of(Provenance.ACTOR, "token:" + name),
                Set.copyOf(List.of(scopes).stream().map(ViewScope::named).toList()));
        tokens.put(name, caller);
        return "Bearer " + name;
    }

    DatabagId bag(RegistryId registry) {
        return new DatabagId(registry, Layer.actual(ROBOT));
    }

    private String actorOf(String device, String authorization) {
        if (authorization.equals("GatewayToken gate")) {
            return "gateway:" + device;
        }
        boolean known = authorization.equals(DEVICE_TOKEN) || hasReadOn && authorization.equals(NEW_TOKEN);
        return device.equals("robot") && known ? "device:robot" : null;
    }

    private Mono<Void> noted(SecretsEvent event) {
        return Mono.deferContextual(context -> {
            audited.add(event);
            auditors.add(context.<Caller>get(Caller.class).actor());
            return Mono.empty();
        });
    }

    @Override
    public void close() {
        sockets.close();
        server.disposeNow();
        http.shutdownNow();
        try {
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("something was left behind", e);
        }
    }

    private static final class OneDevice implements DeviceGroups {

        @Override
        public boolean knows(DeviceId device) {
            return device.equals(ROBOT);
        }

        @Override
        public List<Layer> of(DeviceId device) {
            return List.of();
        }

        @Override
        public Collection<DeviceId> in(String group) {
            return List.of();
        }

        @Override
        public Collection<DeviceId> all() {
            return List.of(ROBOT);
        }
    }

    /** Each write is read a moment later, and so is a token that was just given. */
    private final class Settled implements Positions {

        @Override
        public long committed() {
            if (Schedulers.isInNonBlockingThread()) {
                hasHeldUpConnections = true;
            }
            return 1;
        }

        @Override
        public long folded() {
            return 0;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            Mono<Void> until = standstill;
            if (until != null) {
                return until.doOnSubscribe(any -> waiting.incrementAndGet())
                        .doFinally(end -> waiting.decrementAndGet());
            }
            return Mono.delay(Duration.ofMillis(1))
                    .doOnNext(moment -> hasReadOn = true)
                    .then();
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return Mono.empty();
        }
    }
}
