package dev.muster.updates.goosebit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What programs can ask, as OpenAPI 3.1: devices' paths, the REST API and signing in, with what is sent and answered
 * (contract §6). The document is kept by hand, and a test compares what is answered with it.
 */
final class OpenApi {

    private static final String DOCUMENT = "goosebit-openapi.json";

    /** Whose paths are described one and all. */
    private static final String API = "/api/v1/";

    private final String document;
    private final Map<String, Set<String>> described = new TreeMap<>();

    /** @param prefix where the wire is mounted */
    OpenApi(String prefix) {
        ObjectNode root = read();
        root.putArray("servers").addObject().put("url", prefix);
        this.document = new String(Json.bytes(root), StandardCharsets.UTF_8);
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            Set<String> methods = new TreeSet<>();
            path.getValue()
                    .properties()
                    .forEach(each -> methods.add(each.getKey().toUpperCase(Locale.ROOT)));
            described.put(path.getKey().replaceAll("\\{[^}]*}", "{}"), methods);
        }
    }

    private static ObjectNode read() {
        try (InputStream in = OpenApi.class.getResourceAsStream(DOCUMENT)) {
            if (in != null && Json.read(in.readAllBytes()) instanceof ObjectNode root) {
                return root;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(DOCUMENT + " is not there");
    }

    /**
     * Fails when a path of the REST API is served and not described, or the other way round.
     *
     * @param served methods by path, each name in a path as {@code {}}; paths of others are passed over
     */
    void onlyDescribed(Map<String, Set<String>> served) {
        Map<String, Set<String>> here = new TreeMap<>();
        served.forEach((path, methods) -> {
            if (path.startsWith(API)) {
                here.put(path, new TreeSet<>(methods));
            }
        });
        Map<String, Set<String>> there = new TreeMap<>(described);
        there.keySet().removeIf(path -> !path.startsWith(API));
        if (!here.equals(there)) {
            throw new IllegalStateException(DOCUMENT + " describes " + there + ", and " + here + " is served");
        }
    }

    Mono<Void> answer(Visit visit) {
        return Answers.json(visit, document);
    }
}
