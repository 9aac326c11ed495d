package dev.muster.config.poc;

import dev.muster.config.Agent;
import dev.muster.config.AgentCommand.RegisterAgent;
import dev.muster.config.AgentCommand.ReportConfig;
import dev.muster.config.Agents;
import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigTarget;
import dev.muster.config.JsonReader;
import dev.muster.config.TargetCommand.SetTarget;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The handler on a real port, with a house around it that is made of maps. */
final class PocHouse implements AutoCloseable {

    static final Instant NOW = Instant.ofEpochSecond(1_795_167_745, 999_999_999);
    static final String BASE = "/registries";

    /** Whether whoever comes is from a trusted network. */
    volatile boolean trusted = true;
    /** What proxies say of the client's connection. */
    volatile boolean secure;
    /** The next command fails like this. */
    volatile RuntimeException failure;
    /** Whether commands are answered at all. */
    volatile boolean answering = true;
    /** How long it takes until what was changed can be read. */
    volatile Duration showing = Duration.ZERO;

    final Map<DeviceId, Agent> agents = new ConcurrentHashMap<>();
    final Map<DeviceId, Instant> heard = new ConcurrentHashMap<>();
    final List<Object> commands = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> provenances = new CopyOnWriteArrayList<>();
    final Map<String, Set<Permission>> tokens = new ConcurrentHashMap<>();
    volatile ConfigTarget.Version target = ConfigTarget.Version.NONE;
    final PocHandler handler;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DisposableServer server;

    PocHouse() {
        this(PocSettings.DEFAULTS, BASE);
    }

    PocHouse(PocSettings settings, String base) {
        handler = new PocHandler(
                new PocPorts(
                        new KnownAgents(),
                        () -> target,
                        new Sender(),
                        new Settled(),
                        new Ears(),
                        this::caller,
                        new FakePeers(),
                        Clock.fixed(NOW, ZoneOffset.UTC)),
                settings);
        PocHandler.Door door = handler.at(base);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter((request, response) -> {
                    if (door.serves(request)) {
                        return door.handle(request, response);
                    }
                    response.setRawStatusCode(418);
                    return response.setComplete();
                }))
                .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    record Answer(int status, java.net.http.HttpHeaders headers, String text) {

        JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    /** @param body null for none; headers are name, value, name, value … */
    Answer send(String method, String path, String body, String... headers) {
        return bytes(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer bytes(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        boolean typed = false;
        for (int i = 0; i < headers.length; i += 2) {
            typed |= headers[i].equalsIgnoreCase("Content-Type");
            request.header(headers[i], headers[i + 1]);
        }
        if (body != null && !typed) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", BASE + path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", BASE + path, body, headers);
    }

    Answer put(String path, String body, String... headers) {
        return send("PUT", BASE + path, body, headers);
    }

    /** A registered agent's id. */
    String agent() {
        Answer answer = post(
                "/register/", "{\"ip-address\":\"10.0.0.1\",\"public-key-rsa\":\"ssh-rsa AAAA\",\"arch\":\"amd64\"}");
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return answer.json().path("uuid").asString();
    }

    Answer poll(String uuid, String config) {
        return post("/poll/", "{\"uuid\":\"" + uuid + "\",\"config\":" + config + "}");
    }

    @Override
    public void close() {
        server.disposeNow();
        http.shutdownNow();
    }

    private Mono<Caller> caller(String token, Map<String, String> provenance) {
        Set<Permission> permissions = tokens.get(token);
        if (permissions == null) {
            return Mono.empty();
        }
        Map<String, String> all = new HashMap<>(provenance);
        all.put(Provenance.ACTOR, "token:" + token);
        return Mono.just(new Caller(Caller.Kind.TOKEN, token, null, permissions, all));
    }

    private synchronized long decide(Object command, Map<String, String> provenance) {
        RuntimeException told = failure;
        if (told != null) {
            failure = null;
            throw told;
        }
        commands.add(command);
        provenances.add(provenance);
        return switch (command) {
            case RegisterAgent c -> {
                agents.put(
                        c.deviceId(),
                        new Agent(c.deviceId(), c.registered(), c.ipAddress(), c.publicKey(), c.arch(), "{}", 1));
                yield 1;
            }
            case ReportConfig c -> reported(c);
            case SetTarget c -> {
                target = new ConfigTarget.Version(target.number() + 1, c.config());
                yield target.number();
            }
            default -> throw new IllegalArgumentException("no such command: " + command);
        };
    }

    private long reported(ReportConfig c) {
        Agent agent = agents.get(c.deviceId());
        if (agent == null) {
            throw ConfigRefusal.AGENT_UNKNOWN.because("gone");
        }
        if (JsonReader.read(c.config()).equals(JsonReader.read(agent.config()))) {
            return agent.version();
        }
        agents.put(
                c.deviceId(),
                new Agent(
                        c.deviceId(),
                        agent.registered(),
                        agent.ipAddress(),
                        agent.publicKey(),
                        agent.arch(),
                        c.config(),
                        agent.version() + 1));
        return agent.version() + 1;
    }

    private final class KnownAgents implements Agents {
        @Override
        public Agent find(DeviceId id) {
            return agents.get(id);
        }

        @Override
        public int size() {
            return agents.size();
        }
    }

    private final class Sender implements Commands {
        @Override
        public <R> Mono<R> send(Object command) {
            throw new UnsupportedOperationException("agents have a provenance of their own");
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            return answering
                    ? CompletableFuture.supplyAsync(() -> (R) (Object) decide(command, provenance))
                    : new CompletableFuture<>();
        }
    }

    private final class Settled implements Positions {
        @Override
        public long committed() {
            return showing.isZero() ? 1 : 2;
        }

        @Override
        public long folded() {
            return 1;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return Mono.delay(showing).then();
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return Mono.empty();
        }
    }

    private final class Ears implements Heartbeats {
        @Override
        public void heard(DeviceId deviceId, Instant at) {
            heard.put(deviceId, at);
        }

        @Override
        public Instant lastHeard(DeviceId deviceId) {
            return heard.get(deviceId);
        }

        @Override
        public void forEach(BiConsumer<DeviceId, Instant> visitor) {
            heard.forEach(visitor);
        }
    }

    private final class FakePeers implements Peers {
        @Override
        public InetAddress clientOf(ServerHttpRequest request) {
            return request.getRemoteAddress().getAddress();
        }

        @Override
        public boolean isSecure(ServerHttpRequest request) {
            return secure;
        }

        @Override
        public boolean isTrusted(InetAddress client) {
            return trusted;
        }
    }
}
