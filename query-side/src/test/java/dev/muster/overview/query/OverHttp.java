package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.id;

import dev.muster.updates.RolloutId;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What tests of the read endpoints share: the server, short questions, documents as the views store them. */
abstract class OverHttp {

    final TestServer server = new TestServer(EventSettings.DEFAULTS);

    @AfterEach
    void stop() {
        server.close();
    }

    ResponseSpec get(String uri) {
        return server.web()
                .get()
                .uri(java.net.URI.create(server.address() + uri))
                .exchange();
    }

    BodyContentSpec body(String uri) {
        return get(uri).expectStatus().isOk().expectBody();
    }

    private static Document release(dev.muster.updates.ReleaseRef ref) {
        return new Document("id", ref.id().toString())
                .append("name", ref.name())
                .append("version", ref.version());
    }

    static Document action(String device, int action, String status, String message) {
        return new Document("_id", device + "/" + action)
                .append("position", 7L)
                .append("deviceId", device)
                .append("action", action)
                .append("release", release(OS_1))
                .append("type", "TIME_FORCED")
                .append("status", status)
                .append("active", false)
                .append("createdAt", "2026-11-20T08:00:00Z")
                .append("changedAt", "2026-11-20T08:00:01Z")
                .append(
                        "entries",
                        List.of(new Document("status", status)
                                .append("at", "2026-11-20T08:00:01Z")
                                .append("messages", List.of(message))));
    }

    static Document rollout(RolloutId id, String name, String createdAt, String state, int size) {
        return new Document("_id", id.toString())
                .append("position", 12L)
                .append("id", id.toString())
                .append(
                        "plan",
                        new Document("name", name)
                                .append("release", release(OS_1))
                                .append("filter", "id==*")
                                .append("groups", List.of())
                                .append("type", "FORCED")
                                .append("confirm", false)
                                .append("timeout", "PT24H"))
                .append("state", state)
                .append(
                        "groups",
                        List.of(new Document("name", "all")
                                .append("state", "RUNNING")
                                .append("size", size)
                                .append("offered", 3)
                                .append("skipped", 0)
                                .append("succeeded", 1)
                                .append("failed", 1)
                                .append("canceled", 0)
                                .append("successPercent", 80.0)
                                .append("errorPercent", 20.0)))
                .append("incompatible", 0)
                .append("reasons", List.of())
                .append(
                        "progress",
                        List.of(new Document("at", createdAt)
                                .append("offered", 1)
                                .append("succeeded", 0)
                                .append("failed", 0)
                                .append("canceled", 0)))
                .append("createdAt", createdAt)
                .append("version", 4L);
    }
}
