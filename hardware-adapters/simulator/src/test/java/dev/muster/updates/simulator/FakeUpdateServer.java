package dev.muster.updates.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small DDI server on a free port: knows its devices, offers one release to all of them once it is asked to, and
 * writes down what they say.
 */
final class FakeUpdateServer implements AutoCloseable {

    static final String TOKEN = "gateway-secret";
    private static final JsonMapper JSON = JsonMapper.shared();

    final Map<String, Known> devices = new ConcurrentHashMap<>();
    final List<String> ranges = new CopyOnWriteArrayList<>();
    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger sick = new AtomicInteger();
    volatile byte[] artifact = new byte[0];
    volatile String sha1 = "";
    volatile String version = "";
    volatile String update = "forced";
    volatile boolean offering;
    volatile boolean canceling;
    volatile boolean confirming;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** What the server knows of one device. */
    static final class Known {
        volatile Map<String, String> attributes = Map.of();
        volatile boolean confirmed;
        final List<String> said = new CopyOnWriteArrayList<>();
        final List<String> details = new CopyOnWriteArrayList<>();

        boolean ended() {
            return said.stream().anyMatch(s -> s.startsWith("closed"));
        }
    }

    FakeUpdateServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void answer(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try (exchange) {
            route(exchange);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String[] path = exchange.getRequestURI().getPath().split("/");
        if (!("GatewayToken " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, new byte[0]);
        } else if (sick.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            send(exchange, 503, new byte[0]);
        } else if (path.length == 5) {
            poll(exchange, path[4]);
        } else if (path[5].equals("configData")) {
            JsonNode data = JSON.readTree(body).path("data");
            devices.get(path[4]).attributes = JSON.convertValue(
                    data, JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
            send(exchange, 200, new byte[0]);
        } else if (path[5].equals("softwaremodules")) {
            download(exchange);
        } else if (path.length == 8) {
            feedback(devices.get(path[4]), path[5], JSON.readTree(body));
            send(exchange, 200, new byte[0]);
        } else {
            send(exchange, 200, deployment(path[4]).getBytes());
        }
    }

    private void poll(HttpExchange exchange, String id) throws IOException {
        Known device = devices.computeIfAbsent(id, any -> new Known());
        StringBuilder links = new StringBuilder();
        String base = uri() + "/DEFAULT/controller/v1/" + id;
        if (device.attributes.isEmpty()) {
            links.append(",\"configData\":{\"href\":\"").append(base).append("/configData\"}");
        }
        if (offering && !device.ended()) {
            String rel = canceling
                    ? "cancelAction"
                    : confirming && !device.confirmed ? "confirmationBase" : "deploymentBase";
            links.append(",\"%s\":{\"href\":\"%s/%s/7?c=1\"}".formatted(rel, base, rel));
        }
        String document = "{\"config\":{\"polling\":{\"sleep\":\"00:05:00\"}}"
                + (links.isEmpty() ? "}" : ",\"_links\":{" + links.substring(1) + "}}");
        String etag = "\"" + Integer.toHexString(document.hashCode()) + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            send(exchange, 200, document.getBytes());
        }
    }

    private String deployment(String id) {
        return """
                {"id":"7","deployment":{"download":"forced","update":"%s","chunks":[{"part":"os","version":"%s","name":"fw",
                "artifacts":[{"filename":"fw.swu","hashes":{"sha1":"%s"},"size":%d,"_links":{"download-http":
                {"href":"%s/DEFAULT/controller/v1/%s/softwaremodules/1/artifacts/fw.swu"}}}]}]}}""".formatted(update, version, sha1, artifact.length, uri(), id);
    }

    private void download(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        if (range != null) {
            ranges.add(range);
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        }
        byte[] part = java.util.Arrays.copyOfRange(artifact, from, artifact.length);
        try {
            send(exchange, range == null ? 200 : 206, part);
        } catch (IOException e) {
            // The device has cut the connection, as it should.
        }
    }

    private static void feedback(Known device, String kind, JsonNode body) {
        if (kind.equals("confirmationBase")) {
            device.confirmed = body.path("confirmation").asString().equals("confirmed");
            return;
        }
        JsonNode status = body.path("status");
        device.said.add(status.path("execution").asString() + "/"
                + status.at("/result/finished").asString());
        status.path("details").forEach(detail -> device.details.add(detail.asString()));
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
