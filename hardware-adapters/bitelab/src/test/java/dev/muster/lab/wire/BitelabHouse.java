package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.lab.BoardName;
import dev.muster.lab.EtherPorts;
import dev.muster.lab.LabAudit;
import dev.muster.lab.LabContacts;
import dev.muster.lab.ReservationId;
import dev.muster.lab.wire.BitelabSettings.ChannelLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;

/** The handler on a real port, with a lab around it that is made of maps. */
final class BitelabHouse implements AutoCloseable {

    static final String ANN = "ann-token";
    static final String BOB = "bob-token";
    static final String ADMIN = "admin-token";
    static final String LOOKER = "looker-token";
    static final String SCRAPER = "scraper-token";
    static final String NOBODY = "nobody-token";
    static final ChannelLimits QUICK = new ChannelLimits(
            4, 6, 2, 3, Duration.ofSeconds(20), Duration.ofMillis(400), Duration.ofMillis(200), Duration.ofSeconds(1));

    private static final Set<Permission> USE = Set.of(Permission.LAB_READ, Permission.LAB_USE);

    final FakeLab lab = new FakeLab();
    final FakeProcesses processes = new FakeProcesses();
    final FakeConsoles consoles = new FakeConsoles();
    final Map<String, Caller> tokens = new ConcurrentHashMap<>();
    /** Whom {@code <ticket>@<board>} was made for; what is taken is gone. */
    final Map<String, String> tickets = new ConcurrentHashMap<>();

    /** {@code <board or reservation> <person>}, whoever was heard of. */
    final List<String> contacts = new CopyOnWriteArrayList<>();
    /** {@code <order> <target> <code> <person>} of each order that was put on record as refused. */
    final List<String> refused = new CopyOnWriteArrayList<>();
    /** What the audit was asked, and what it answers. */
    final List<LabAudit.Question> questions = new CopyOnWriteArrayList<>();

    volatile LabAudit.Page page = new LabAudit.Page(List.of(), null);

    final List<String> desk = new CopyOnWriteArrayList<>();
    final Desk tokenDesk = new Desk();
    final BitelabHandler handler;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DisposableServer server;

    BitelabHouse() {
        this(BitelabSettings.DEFAULTS.with(QUICK));
    }

    BitelabHouse(BitelabSettings settings) {
        person(ANN, "ann", USE);
        person(BOB, "bob", USE);
        person(ADMIN, "root", Set.of(Permission.LAB_READ, Permission.LAB_USE, Permission.LAB_ADMIN));
        person(LOOKER, "eve", Set.of(Permission.LAB_READ));
        person(SCRAPER, "prom", Set.of(Permission.METRICS_READ));
        person(NOBODY, "nob", Set.of(Permission.DEVICES_READ));
        BitelabPorts ports = new BitelabPorts(
                lab,
                lab.requests,
                lab,
                question -> {
                    questions.add(question);
                    return page;
                },
                new Contacts(),
                (order, target, refusal, caller) ->
                        refused.add(order + " " + target + " " + refusal.code() + " " + caller.person()),
                () -> "muster_lab_reservations 1.0\n",
                consoles,
                processes,
                board -> board.ether()
                        .map(option -> new EtherPorts.Ether("awg0.103", true, true))
                        .orElse(null),
                (token, provenance) -> Mono.justOrEmpty(tokens.get(token)),
                tokenDesk,
                this::taken,
                person -> person.replace("user:", ""),
                BitelabHouse::person,
                request -> InetAddress.getLoopbackAddress(),
                Clock.fixed(FakeLab.NOW, ZoneOffset.UTC));
        handler = new BitelabHandler(ports, settings);
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

    private Proof taken(String ticket, String board) {
        String token = tickets.remove(ticket + "@" + board);
        return token == null ? null : provenance -> Mono.justOrEmpty(tokens.get(token));
    }

    private void person(String token, String name, Set<Permission> permissions) {
        UUID id = new UUID(7, name.hashCode());
        tokens.put(token, new Caller(Caller.Kind.TOKEN, id.toString(), name, name, permissions, Map.of()));
    }

    static String person(String name) {
        return Set.of("ann", "bob", "root", "eve").contains(name) ? "user:" + name : null;
    }

    int port() {
        return server.port();
    }

    record Answer(int status, java.net.http.HttpHeaders headers, String text) {

        JsonNode json() {
            return Members.JSON.readTree(text);
        }

        String code() {
            return json().path("code").asString();
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    Answer send(String method, String path, String token, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path, String token) {
        return send("GET", "/bitelab" + path, token, null);
    }

    Answer post(String path, String token, String body, String... headers) {
        return send("POST", "/bitelab" + path, token, body, headers);
    }

    Answer delete(String path, String token) {
        return send("DELETE", "/bitelab" + path, token, null);
    }

    /** What is answered to a wish for a WebSocket, as it comes over the wire. */
    String upgrade(String path, String... headers) {
        StringBuilder request = new StringBuilder("GET /bitelab" + path + " HTTP/1.1\r\nHost: lab\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
        for (String each : headers) {
            request.append(each).append("\r\n");
        }
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4096];
            int n = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(n, 0), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestSocket open(String path, String token, String... protocols) {
        return TestSocket.open(http, URI.create("ws://127.0.0.1:" + port() + "/bitelab" + path), token, protocols);
    }

    /** As a page of this server does it. */
    TestSocket page(String path) {
        return TestSocket.page(
                http, URI.create("ws://127.0.0.1:" + port() + "/bitelab" + path), "http://127.0.0.1:" + port());
    }

    int openChannels() {
        return handler.openChannels();
    }

    private final class Contacts implements LabContacts {
        @Override
        public void heard(BoardName board, String person) {
            contacts.add(board + " " + person);
        }

        @Override
        public void heard(ReservationId reservation, String person) {
            contacts.add(reservation + " " + person);
        }
    }

    final class Desk implements TokenDesk {
        @Override
        public Mono<Issued> issue(TokenOrder order, Caller by) {
            desk.add(order + " by " + by.person());
            return Mono.just(made(order));
        }

        @Override
        public Mono<Issued> issueForKey(TokenOrder order, Map<String, String> provenance) {
            desk.add(order + " from " + provenance);
            return Mono.just(made(order));
        }

        private static Issued made(TokenOrder order) {
            return new Issued(
                    new UUID(1, 2), order.person(), order.scopes(), FakeLab.NOW.plus(order.life()), "mst_fresh_secret");
        }

        @Override
        public Mono<Void> revoke(UUID id, Caller by) {
            desk.add("revoke " + id + " by " + by.person());
            return Mono.empty();
        }
    }

    @Override
    public void close() {
        handler.close();
        server.disposeNow();
        // Without waiting: a WebSocket that a test left open would keep it for ever.
        http.shutdownNow();
    }
}
