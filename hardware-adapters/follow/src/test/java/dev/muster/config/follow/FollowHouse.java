package dev.muster.config.follow;

import dev.muster.config.Databag;
import dev.muster.config.DatabagId;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.Registries;
import dev.muster.config.RegistryId;
import dev.muster.config.RegistrySchema;
import dev.muster.config.Seals;
import dev.muster.config.SecretsAudit;
import dev.muster.config.SecretsEvent;
import dev.muster.config.Wish;
import dev.muster.config.Wishes;
import dev.muster.identity.BearerTokens;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceId;
import dev.muster.testing.HandClock;
import dev.muster.testing.MemoryHeartbeats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The handler on a real port, with a house around it that is made of maps. */
final class FollowHouse implements AutoCloseable {

    static final RegistryId NET = new RegistryId("acme", "net");
    static final String ROBOT = "/registries/devices/robot/wanted/acme/net";
    static final String TOKEN = "TargetToken robots-own-token";

    final FakeWishes wishes = new FakeWishes();
    final FollowMetrics metrics = new FollowMetrics();
    final MemoryHeartbeats heartbeats = new MemoryHeartbeats();
    /** Header by device. */
    final Map<String, String> tokens = new ConcurrentHashMap<>(Map.of("robot", TOKEN));
    /** Rights by token. */
    final Map<String, Set<Permission>> bearers = new ConcurrentHashMap<>();

    final List<Object> commands = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> provenances = new CopyOnWriteArrayList<>();
    final List<SecretsEvent> noted = new CopyOnWriteArrayList<>();
    /** Threads on which secrets were opened. */
    final ConcurrentLinkedQueue<String> openers = new ConcurrentLinkedQueue<>();

    final FollowHandler handler;
    private final DisposableServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    FollowHouse(FollowSettings settings) {
        FollowPorts ports = new FollowPorts(
                new OneRegistry(),
                wishes,
                new Known(),
                new Seals() {
                    @Override
                    public String seal(String owner, String place, String clear) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Optional<String> open(String owner, String place, String sealed) {
                        openers.add(Thread.currentThread().getName());
                        return Optional.of(sealed);
                    }

                    @Override
                    public void destroy(String owner) {}
                },
                new Noting(),
                (device, authorization) -> authorization.equals(tokens.get(device)) ? "device:" + device : null,
                new Bearers(),
                new Remembering(),
                heartbeats,
                request -> null,
                HandClock.at("2026-11-20T08:00:00Z"));
        handler = new FollowHandler(ports, settings, metrics);
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
    }

    int port() {
        return server.port();
    }

    /** What the fleet should have, in clear and sealed. */
    void wish(String clear, Map<String, String> sealed) {
        Databag databag = new Databag(1, (Json.Members) JsonReader.read(clear), new TreeMap<>(sealed));
        wishes.set(Wish.over(List.of(new Wish.Part(new DatabagId(NET, Layer.fleet()), databag))));
    }

    void wish(String clear) {
        wish(clear, Map.of());
    }

    /** Names and values of headers by turns. */
    HttpRequest.Builder request(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        try {
            return http.send(request(method, path, body, headers).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the robot. */
    HttpResponse<String> get(String query, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = TOKEN;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send("GET", ROBOT + query, null, all);
    }

    CompletableFuture<HttpResponse<String>> later(String query, String... headers) {
        return CompletableFuture.supplyAsync(() -> get(query, headers));
    }

    /** An open stream of the robot's. */
    InputStream stream() throws IOException, InterruptedException {
        HttpRequest request = request("GET", ROBOT, null, "Authorization", TOKEN, "Accept", "text/event-stream")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    @Override
    public void close() {
        handler.close();
        http.shutdownNow();
        server.disposeNow(Duration.ofSeconds(5));
    }

    static final class FakeWishes implements Wishes {

        private final List<Change> listeners = new CopyOnWriteArrayList<>();
        /** How often anybody looked. */
        final AtomicInteger asked = new AtomicInteger();

        private volatile Wish now = Wish.NONE;

        void set(Wish wish) {
            now = wish;
            listeners.forEach(each -> each.changed(NET, null));
        }

        @Override
        public Wish of(RegistryId registry, DeviceId device) {
            asked.incrementAndGet();
            return now;
        }

        @Override
        public AutoCloseable onChange(Change change) {
            listeners.add(change);
            return () -> listeners.remove(change);
        }
    }

    private static final class OneRegistry implements Registries {

        @Override
        public @Nullable Definition find(RegistryId id) {
            return id.equals(NET) ? new Bare() : null;
        }

        @Override
        public Collection<Definition> all() {
            return List.of(new Bare());
        }
    }

    private static final class Bare implements Registries.Definition {

        @Override
        public RegistryId id() {
            return NET;
        }

        @Override
        public long revision() {
            return 1;
        }

        @Override
        public String document() {
            return "{}";
        }

        @Override
        public RegistrySchema schema(Profile profile) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RegistrySchema schema() {
            throw new UnsupportedOperationException();
        }
    }

    private final class Known implements DeviceGroups {

        @Override
        public boolean knows(DeviceId device) {
            return tokens.containsKey(device.value());
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
            return List.of();
        }
    }

    private final class Noting implements SecretsAudit {

        @Override
        public Mono<Void> note(SecretsEvent event) {
            return Mono.deferContextual(context -> {
                noted.add(event);
                provenances.add(context.get(Caller.class).provenance());
                return Mono.empty();
            });
        }
    }

    private final class Bearers implements BearerTokens {

        @Override
        public Mono<Caller> callerOf(String token, Map<String, String> provenance) {
            Set<Permission> rights = bearers.get(token);
            if (rights == null) {
                return Mono.empty();
            }
            Map<String, String> all = new HashMap<>(provenance);
            all.put(Provenance.ACTOR, "token:" + token);
            return Mono.just(new Caller(Caller.Kind.TOKEN, token, null, rights, all));
        }
    }

    private final class Remembering implements Commands {

        @Override
        public <R> Mono<R> send(Object command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            commands.add(command);
            provenances.add(provenance);
            return CompletableFuture.completedFuture(null);
        }
    }
}
