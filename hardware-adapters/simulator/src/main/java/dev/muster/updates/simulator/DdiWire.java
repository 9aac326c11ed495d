package dev.muster.updates.simulator;

import dev.muster.updates.simulator.DdiDocuments.Artifact;
import dev.muster.updates.simulator.DdiDocuments.Deployment;
import dev.muster.updates.simulator.DdiDocuments.Poll;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fleet's requests, over few connections: a permit is held for the length of one request, so no more are open at a
 * time than the settings allow. Blocking, for virtual threads.
 */
final class DdiWire implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DOCUMENT_MAX = 1 << 20;

    private final SimulatorSettings settings;
    private final Counters counters;
    private final HttpClient client;
    private final Semaphore permits;

    DdiWire(SimulatorSettings settings, Counters counters) {
        this.settings = settings;
        this.counters = counters;
        this.permits = new Semaphore(settings.requestsInFlight());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.requestTimeout())
                .build();
    }

    /** @param before the last answer, whose links hold on after a 304; or null */
    Poll poll(String device, @Nullable Poll before) throws WireFault, InterruptedException {
        URI uri = URI.create(settings.server() + "/" + settings.tenant() + "/controller/v1/"
                + URLEncoder.encode(device, StandardCharsets.UTF_8).replace("+", "%20"));
        HttpRequest.Builder request = request(uri).header("Accept", "application/hal+json");
        String etag = before == null ? null : before.etag();
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        HttpResponse<byte[]> answer = exchange(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() == 304 && before != null) {
            counters.polls.increment();
            counters.unchanged.increment();
            return before.unchanged();
        }
        Poll poll = DdiDocuments.poll(
                document(uri, answer), answer.headers().firstValue("ETag").orElse(null));
        counters.polls.increment();
        return poll;
    }

    Deployment deployment(URI link) throws WireFault, InterruptedException {
        HttpRequest request =
                request(link).header("Accept", "application/hal+json").build();
        return DdiDocuments.deployment(document(link, exchange(request, BodyHandlers.ofByteArray())));
    }

    void attributes(URI link, Map<String, String> attributes) throws WireFault, InterruptedException {
        send("PUT", link, Map.of("mode", "merge", "data", attributes));
    }

    /** @param link the document whose feedback this is; its query is left out */
    void feedback(URI link, Map<String, ?> body) throws WireFault, InterruptedException {
        String text = link.toString();
        int query = text.indexOf('?');
        send("POST", URI.create((query < 0 ? text : text.substring(0, query)) + "/feedback"), body);
    }

    /**
     * Reads an artifact from an offset on and feeds the digest.
     *
     * @param stopAfter bytes after which the connection is cut, or a negative number for none
     * @return how many bytes of the artifact have been read by now
     */
    long download(Artifact artifact, long from, long stopAfter, MessageDigest digest)
            throws WireFault, InterruptedException {
        HttpRequest.Builder request = request(artifact.link());
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        permits.acquire();
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != (from > 0 ? 206 : 200)) {
                    throw refused(artifact.link(), answer.statusCode());
                }
                return read(body, from, stopAfter, digest);
            }
        } catch (IOException e) {
            counters.unreachable.increment();
            throw new WireFault(0, "the download broke off: " + e.getMessage());
        } finally {
            permits.release();
        }
    }

    private long read(InputStream body, long from, long stopAfter, MessageDigest digest) throws IOException, WireFault {
        byte[] buffer = new byte[16 << 10];
        long position = from;
        while (true) {
            long left = stopAfter < 0 ? buffer.length : from + stopAfter - position;
            int n = left <= 0 ? -1 : body.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                return position;
            }
            digest.update(buffer, 0, n);
            position += n;
            counters.bytes.add(n);
            if (position > settings.downloadMax()) {
                throw new WireFault(200, "the artifact is larger than the device's storage");
            }
        }
    }

    private void send(String method, URI uri, Map<String, ?> body) throws WireFault, InterruptedException {
        HttpRequest request = request(uri)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> answer = exchange(request, BodyHandlers.ofByteArray());
        // Clients in the field take exactly 200 as success.
        if (answer.statusCode() != 200) {
            throw refused(uri, answer.statusCode());
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws WireFault, InterruptedException {
        permits.acquire();
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            counters.unreachable.increment();
            throw new WireFault(0, "no answer from " + request.uri() + ": " + e);
        } finally {
            permits.release();
        }
    }

    private JsonNode document(URI uri, HttpResponse<byte[]> answer) throws WireFault {
        if (answer.statusCode() != 200) {
            throw refused(uri, answer.statusCode());
        }
        if (answer.body().length > DOCUMENT_MAX) {
            throw new WireFault(200, "the document at " + uri + " is larger than " + DOCUMENT_MAX + " bytes");
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new WireFault(200, "the document at " + uri + " is no JSON: " + e.getOriginalMessage());
        }
    }

    private WireFault refused(URI uri, int status) {
        (status >= 500 ? counters.unreachable : counters.refused).increment();
        return new WireFault(status, uri + " answered " + status);
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(settings.requestTimeout())
                .header("Authorization", "GatewayToken " + settings.gatewayToken());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
