package dev.muster.updates.goosebit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/**
 * What programs can ask, as OpenAPI 3.1: devices' paths, the REST API and signing in, with what is sent and answered
 * (contract §6). The document is kept by hand; tests compare it with what is served and answered.
 */
final class OpenApi {

    private static final String DOCUMENT = "goosebit-openapi.json";

    private final Mono<String> document;

    /** @param prefix where the wire is mounted */
    OpenApi(String prefix) {
        // Most servers are never asked for it, so it does not cost their start: who asks first has it read.
        this.document = Mono.fromCallable(() -> mountedAt(prefix))
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    private static String mountedAt(String prefix) {
        ObjectNode root = read();
        root.putArray("servers").addObject().put("url", prefix);
        return new String(Json.bytes(root), StandardCharsets.UTF_8);
    }

    /** The document as it is kept. Blocks for a moment. */
    static ObjectNode read() {
        try (InputStream in = OpenApi.class.getResourceAsStream(DOCUMENT)) {
            if (in != null && Json.read(in.readAllBytes()) instanceof ObjectNode root) {
                return root;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(DOCUMENT + " is not there");
    }

    Mono<Void> answer(Visit visit) {
        return document.flatMap(text -> Answers.json(visit, text));
    }
}
