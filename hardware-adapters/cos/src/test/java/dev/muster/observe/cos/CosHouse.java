package dev.muster.observe.cos;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.observe.ApplicationLinks;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.Enrolment;
import dev.muster.observe.JsonFormatter;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.Uid;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;

/** The handler on a real port, with a house around it that is made of maps. */
final class CosHouse implements AutoCloseable {

    static final String API = "/cos/api/v1/";
    static final String D = API + "devices/";
    static final String G = API + "applications/grafana/dashboards/";
    static final String P = API + "applications/prometheus/alert_rules/";

    volatile Instant now = Instant.parse("2026-11-20T09:45:53.513921Z");
    /** Whether whoever comes is from a trusted network. */
    volatile boolean trusted = true;
    /** What a proxy that is believed says of the client, or null. */
    volatile String client;

    final FakeObservatory observatory = new FakeObservatory(() -> now);
    final Map<String, Set<Permission>> tokens = new ConcurrentHashMap<>();
    private final Map<String, String> contents = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DisposableServer server;

    CosHouse() {
        this(CosSettings.DEFAULTS);
    }

    CosHouse(CosSettings settings) {
        CosPorts ports = new CosPorts(
                observatory,
                observatory,
                observatory,
                new Texts(),
                new Rules(),
                new Formatter(),
                CosHouse::links,
                new Sender(),
                new Settled(),
                this::caller,
                new FakePeers(),
                new Time());
        CosHandler handler = new CosHandler(ports, settings);
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

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    int port() {
        return server.port();
    }

    record Answer(int status, java.net.http.HttpHeaders headers, byte[] bytes) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Body.JSON.readTree(bytes);
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

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
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** A device that is there. */
    void device(String uid) {
        Answer answer = post(D, "{\"uid\":\"" + uid + "\",\"address\":\"192.168.0.1\"}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
    }

    void dashboard(String uid) {
        Answer answer = post(G, "{\"uid\":\"" + uid + "\",\"dashboard\":{}}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.text());
        }
    }

    @Override
    public void close() {
        server.disposeNow();
        http.close();
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

    private static ApplicationLinks.Links links(Enrolment device, URI base) {
        URI main = URI.create(base + "/cos-grafana/?a=1&b=2");
        ApplicationLinks.Group group = new ApplicationLinks.Group(main, List.of());
        return new ApplicationLinks.Links(group, group, main);
    }

    private final class Sender implements Commands {
        @Override
        public <R> Mono<R> send(Object command) {
            throw new UnsupportedOperationException("agents have a provenance of their own");
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            return CompletableFuture.supplyAsync(() -> (R) observatory.decide(command, provenance));
        }
    }

    private static final class Settled implements Positions {
        @Override
        public long committed() {
            return 1;
        }

        @Override
        public long folded() {
            return 1;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return Mono.empty();
        }
    }

    private final class FakePeers implements Peers {
        @Override
        public InetAddress clientOf(ServerHttpRequest request) {
            return client == null ? request.getRemoteAddress().getAddress() : InetAddress.ofLiteral(client);
        }

        @Override
        public boolean isProxied(ServerHttpRequest request) {
            return client != null;
        }

        @Override
        public boolean isTrusted(InetAddress address) {
            return trusted;
        }
    }

    private final class Time extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A file is a text that has a colon; a template one that has a placeholder. */
    private static final class Rules implements RuleFiles {
        @Override
        public RuleFile read(String yaml) {
            if (yaml.indexOf(':') < 0 || yaml.contains("broken")) {
                throw ObserveRefusal.RULES_INVALID.because(
                        "no mapping", Map.of("fault", yaml.contains(":") ? "syntax" : "type"));
            }
            return new RuleFile(yaml, yaml.contains("%%"), List.of());
        }

        @Override
        public String rendered(String canonical, Uid device) {
            return canonical.replaceAll("%%.*?%%", device.value());
        }
    }

    private final class Texts implements DocumentTexts {
        @Override
        public Mono<DocumentContent> store(DocumentKind kind, String text) {
            boolean template = kind.isRules() && new Rules().read(text).template();
            contents.put(dev.muster.kernel.Ids.digest(text), text);
            return Mono.just(new DocumentContent(dev.muster.kernel.Ids.digest(text), text.length(), template));
        }

        @Override
        public Mono<String> read(DocumentContent content) {
            String text = contents.get(content.sha256());
            return text == null ? Mono.error(ObserveRefusal.CONTENT_MISSING.because("lost")) : Mono.just(text);
        }
    }

    /** Only for values without colons and commas of their own. */
    private static final class Formatter implements JsonFormatter {
        @Override
        public String spaced(String canonical) {
            return canonical.replace(":", ": ").replace(",", ", ");
        }
    }

    /** The store loses everything it has. */
    void loseContents() {
        contents.clear();
    }
}
