package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.OS_2;
import static dev.muster.updates.query.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.Origin;
import dev.muster.updates.ActionType;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentCreated;
import dev.muster.updates.Hardware;
import dev.muster.updates.RolloutId;
import dev.muster.updates.SoftwareModule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReadsOverHttpTest {

    private final TestServer server = new TestServer(EventSettings.DEFAULTS);

    @AfterEach
    void stop() {
        server.close();
    }

    private ResponseSpec get(String uri) {
        return server.web()
                .get()
                .uri(java.net.URI.create(server.address() + uri))
                .exchange();
    }

    private BodyContentSpec body(String uri) {
        return get(uri).expectStatus().isOk().expectBody();
    }

    private static Document release(dev.muster.updates.ReleaseRef ref) {
        return new Document("id", ref.id().toString())
                .append("name", ref.name())
                .append("version", ref.version());
    }

    private static Document action(String device, int action, String status, String message) {
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

    private static Document rollout(RolloutId id, String name, String createdAt, String state, int size) {
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

    @Nested
    class Devices {

        @Test
        void aListHasPagesThatLinkToEachOther() {
            IntStream.range(0, 5)
                    .forEach(i -> server.fleet.registered("d" + i, "lab north", List.of(), Map.of(), Origin.BULK));
            EntityExchangeResult<byte[]> first =
                    body("/api/v1/devices?filter=group%3D%3D%22lab+north%22&limit=2&count=true")
                            .jsonPath("$.items.length()")
                            .isEqualTo(2)
                            .jsonPath("$.count")
                            .isEqualTo(5)
                            .jsonPath("$.items[0].updateStatus")
                            .isEqualTo("unknown")
                            .jsonPath("$.items[0].presence")
                            .isEqualTo("never-seen")
                            .jsonPath("$.items[0].origin")
                            .isEqualTo("bulk")
                            .returnResult();

            String link = first.getResponseHeaders().getFirst("Link");
            Matcher next = Pattern.compile("<([^>]+)>; rel=\"next\"").matcher(link);
            assertThat(next.matches()).isTrue();
            assertThat(next.group(1)).startsWith("/api/v1/devices?filter=group%3D%3D%22lab");
            body(next.group(1)).jsonPath("$.items[0].id").isEqualTo("d2");
        }

        @Test
        void theLastPageLinksNowhere() {
            server.fleet.registered("a");
            get("/api/v1/devices?q=a&sort=-name")
                    .expectHeader()
                    .doesNotExist("Link")
                    .expectBody()
                    .jsonPath("$.next")
                    .doesNotExist();
        }

        @Test
        void brokenQuestionsAreRefused() {
            get("/api/v1/devices?filter=nosuch%3D%3D1")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("kernel.invalid-filter")
                    .jsonPath("$.details.position")
                    .isEqualTo(0);
            for (String query : List.of("limit=0", "limit=1001", "limit=x", "after=x", "sort=tag")) {
                get("/api/v1/devices?" + query).expectStatus().isBadRequest();
            }
        }

        @Test
        void aDeviceIsNotSentTwice() {
            server.fleet.registered("a").reports("a", Map.of("hw_boardname", "rpi5"));
            String tag = get("/api/v1/devices/a")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.hardware.model")
                    .isEqualTo("rpi5")
                    .returnResult()
                    .getResponseHeaders()
                    .getETag();
            assertThat(tag).isEqualTo("\"1\"");

            server.web()
                    .get()
                    .uri("/api/v1/devices/a")
                    .header("If-None-Match", "\"0\", " + tag)
                    .exchange()
                    .expectStatus()
                    .isNotModified();
            get("/api/v1/devices/b").expectStatus().isNotFound();
        }

        @Test
        void itsActionsAreNewestFirst() {
            server.fleet
                    .registered("a")
                    .assigned("a", 1, OS_1)
                    .assigned("a", 2, OS_1)
                    .assigned("a", 3, OS_2);
            server.stored(
                    "actions@1",
                    action("a", 1, "CANCELED", "bye"),
                    action("a", 2, "FINISHED", "done"),
                    action("a", 3, "RUNNING", "go"));

            body("/api/v1/devices/a/actions")
                    .jsonPath("$.items[*].action")
                    .value(actions -> assertThat(actions).asString().isEqualTo("[3,2,1]"))
                    .jsonPath("$.items[0].type")
                    .isEqualTo("time-forced");
            body("/api/v1/devices/a/actions?limit=1")
                    .jsonPath("$.items[0].action")
                    .isEqualTo(3);
            body("/api/v1/devices/a/actions/2")
                    .jsonPath("$.status")
                    .isEqualTo("finished")
                    .jsonPath("$.entries[0].messages[0]")
                    .isEqualTo("done")
                    .jsonPath("$._id")
                    .doesNotExist();
            get("/api/v1/devices/a/actions/9").expectStatus().isNotFound();
        }

        @Test
        void aSwappedViewIsSeen() {
            server.fleet.registered("a").assigned("a", 1, OS_1);
            server.stored("actions@2", action("a", 1, "FINISHED", "rebuilt"));
            server.stored("actions@1", action("a", 1, "RUNNING", "old"));
            body("/api/v1/devices/a/actions/1").jsonPath("$.status").isEqualTo("running");

            server.stored("generations", new Document("_id", "actions").append("serving", 2));
            server.fleet.clock.now = server.fleet.clock.now.plusSeconds(1);
            body("/api/v1/devices/a/actions/1").jsonPath("$.status").isEqualTo("finished");
        }
    }

    @Nested
    class TheFleet {

        @Test
        void itsFieldsAndNumbersAreTold() {
            server.fleet.registered("a").reports("a", Map.of("serial", "1"));

            body("/api/v1/fleet/fields")
                    .jsonPath("$.items[0].name")
                    .isEqualTo("id")
                    .jsonPath("$.items[?(@.name=='updatestatus')].values[3]")
                    .isEqualTo("in-sync")
                    .jsonPath("$.items[?(@.name=='attribute.serial')].kind")
                    .isEqualTo("text");
            body("/api/v1/fleet/summary")
                    .jsonPath("$.devices")
                    .isEqualTo(1)
                    .jsonPath("$.presence['never-seen']")
                    .isEqualTo(1)
                    .jsonPath("$.versions.length()")
                    .isEqualTo(0);
        }
    }

    @Nested
    class Software {

        @Test
        void aReleaseTellsWhoRunsIt() {
            server.fleet.released(OS_1, List.of()).released(OS_2, List.of());
            server.fleet.registered("a").assigned("a", 1, OS_1).finished("a", 1, OS_1);

            body("/api/v1/releases?q=OS+1.0")
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].devicesInstalled")
                    .isEqualTo(1);
            String tag = get("/api/v1/releases/" + OS_1.id())
                    .expectBody()
                    .jsonPath("$.valid")
                    .isEqualTo(true)
                    .jsonPath("$.revision")
                    .isEqualTo(0)
                    .returnResult()
                    .getResponseHeaders()
                    .getETag();
            server.web()
                    .get()
                    .uri("/api/v1/releases/" + OS_1.id())
                    .header("If-None-Match", tag)
                    .exchange()
                    .expectStatus()
                    .isNotModified();
            get("/api/v1/releases/" + UUID.randomUUID()).expectStatus().isNotFound();
            get("/api/v1/releases/nonsense").expectStatus().isNotFound();
        }

        @Test
        void aFileIsDownloadedWholeOrInPart() {
            byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
            String sha256 = "a".repeat(64);
            server.artifacts = new OneFile(sha256, content);
            String uri = "/api/v1/artifacts/" + sha256;

            get(uri).expectHeader()
                    .contentLength(10)
                    .expectHeader()
                    .valueEquals("ETag", "\"" + sha256 + "\"")
                    .expectBody(String.class)
                    .isEqualTo("0123456789");
            for (Map.Entry<String, String> range : Map.of("bytes=2-4", "234", "bytes=7-", "789", "bytes=-2", "89")
                    .entrySet()) {
                server.web()
                        .get()
                        .uri(uri)
                        .header("Range", range.getKey())
                        .exchange()
                        .expectStatus()
                        .isEqualTo(206)
                        .expectBody(String.class)
                        .isEqualTo(range.getValue());
            }
            server.web()
                    .get()
                    .uri(uri)
                    .header("Range", "bytes=10-")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(416);
            server.web()
                    .get()
                    .uri(uri)
                    .header("Range", "bytes=1-2,4-5")
                    .exchange()
                    .expectStatus()
                    .isOk();
            server.web()
                    .get()
                    .uri(uri)
                    .header("Range", "lines=1")
                    .exchange()
                    .expectStatus()
                    .isOk();
            server.web()
                    .get()
                    .uri(uri)
                    .header("If-None-Match", "\"" + sha256 + "\"")
                    .exchange()
                    .expectStatus()
                    .isNotModified();
            get("/api/v1/artifacts/" + "b".repeat(64)).expectStatus().isNotFound();
            get("/api/v1/artifacts/..%2f..%2fetc%2fpasswd").expectStatus().is4xxClientError();
        }
    }

    @Nested
    class Rollouts {

        private final RolloutId first = new RolloutId(new UUID(0, 1));
        private final RolloutId second = new RolloutId(new UUID(0, 2));

        @Test
        void theyAreNewestFirstWithoutTheirPlots() {
            server.stored(
                    "rollouts@1",
                    rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 3),
                    rollout(second, "two", "2026-11-20T09:00:00Z", "PAUSED", 3));

            body("/api/v1/rollouts?limit=1")
                    .jsonPath("$.items[0].plan.name")
                    .isEqualTo("two")
                    .jsonPath("$.items[0].progress.length()")
                    .isEqualTo(0)
                    .jsonPath("$.next")
                    .isEqualTo(second.toString());
            body("/api/v1/rollouts?after=" + second)
                    .jsonPath("$.items[0].plan.name")
                    .isEqualTo("one");
            body("/api/v1/rollouts?state=running")
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].id")
                    .isEqualTo(first.toString());
            get("/api/v1/rollouts?state=flying").expectStatus().isBadRequest();
        }

        @Test
        void oneHasItsPlotAndATag() {
            server.stored("rollouts@1", rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 3));

            get("/api/v1/rollouts/" + first)
                    .expectHeader()
                    .valueEquals("ETag", "\"4-12\"")
                    .expectBody()
                    .jsonPath("$.progress.length()")
                    .isEqualTo(1)
                    .jsonPath("$.state")
                    .isEqualTo("running")
                    .jsonPath("$.plan.timeout")
                    .isEqualTo("PT24H");
            get("/api/v1/rollouts/" + second).expectStatus().isNotFound();
        }

        @Test
        void itsDevicesShowHowTheyStand() {
            server.stored("rollouts@1", rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 5));
            server.stored(
                    "rollout_members@1",
                    new Document("_id", first + "/0/0")
                            .append("position", 1L)
                            .append("ids", List.of("d0", "d1", "d2", "d3", "gone")));
            server.stored("actions@1", action("d1", 2, "ERROR", "no space left"));
            for (int i = 0; i < 4; i++) {
                server.fleet.registered("d" + i);
            }
            server.fleet.assigned("d0", 1, OS_1, null, first).finished("d0", 1, OS_1, first);
            server.fleet.assigned("d1", 2, OS_1, null, first).failed("d1", 2, OS_1, first);
            server.fleet.assigned("d2", 3, OS_1, null, first);

            String uri = "/api/v1/rollouts/" + first + "/devices";
            body(uri)
                    .jsonPath("$.items[*].status")
                    .value(all -> assertThat(all)
                            .asString()
                            .isEqualTo("[\"succeeded\",\"failed\",\"running\",\"waiting\",\"gone\"]"))
                    .jsonPath("$.items[1].message")
                    .isEqualTo("no space left")
                    .jsonPath("$.items[1].actionStatus")
                    .isEqualTo("error");
            body(uri + "?status=failed").jsonPath("$.items.length()").isEqualTo(1);
            body(uri + "?group=1").jsonPath("$.items.length()").isEqualTo(0);
            body(uri + "?limit=2").jsonPath("$.next").isEqualTo("0-0-1");
            body(uri + "?limit=2&after=0-0-1").jsonPath("$.items[0].id").isEqualTo("d2");
            get(uri + "?after=x").expectStatus().isBadRequest();
            get(uri + "?status=lost").expectStatus().isBadRequest();
        }

        @Test
        void aPreviewTellsWhoWouldTakePart() {
            server.fleet.released(
                    OS_1,
                    List.of(new SoftwareModule(
                            1,
                            "os",
                            "os",
                            "1",
                            false,
                            List.of(),
                            List.of(),
                            List.of(new Hardware("rpi5", "default")))));
            for (int i = 0; i < 30; i++) {
                server.fleet
                        .registered("d" + i, "lab", List.of(), Map.of("feed", "qa"), Origin.BULK)
                        .reports("d" + i, Map.of("hw_boardname", i < 25 ? "rpi5" : "jetson"));
            }

            server.web()
                    .post()
                    .uri("/api/v1/rollouts/preview")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{\"releaseId\":\"" + OS_1.id()
                            + "\",\"feed\":\"qa\",\"groups\":[{\"name\":\"canary\",\"percent\":10},{\"percent\":90}]}")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.matching")
                    .isEqualTo(30)
                    .jsonPath("$.incompatible")
                    .isEqualTo(5)
                    .jsonPath("$.members")
                    .isEqualTo(25)
                    .jsonPath("$.groups[0].size")
                    .isEqualTo(3)
                    .jsonPath("$.groups[1].name")
                    .isEqualTo("group-2")
                    .jsonPath("$.groups[1].size")
                    .isEqualTo(22)
                    .jsonPath("$.sample.length()")
                    .isEqualTo(20);
        }

        @Test
        void aBrokenPreviewIsRefused() {
            server.fleet.released(OS_1, List.of());
            for (String request : List.of(
                    "{\"releaseId\":\"" + UUID.randomUUID() + "\",\"filter\":\"id==*\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"filter\":\"(\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"filter\":\"id==*\",\"feed\":\"qa\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"feed\":\"qa)(\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"filter\":\"id==*\",\"groupCount\":501}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"filter\":\"id==*\",\"groups\":[{\"percent\":-1}]}")) {
                server.web()
                        .post()
                        .uri("/api/v1/rollouts/preview")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(request)
                        .exchange()
                        .expectStatus()
                        .is4xxClientError();
            }
        }

        @Test
        void standingAssignmentsAreListed() {
            server.fleet.log.record(
                    "auto-assignment/x",
                    new AutoAssignmentCreated(
                            new UUID(0, 1), "all", "id==*", null, "os", ActionType.DOWNLOAD_ONLY, null));

            body("/api/v1/auto-assignments")
                    .jsonPath("$.items[0].name")
                    .isEqualTo("all")
                    .jsonPath("$.items[0].type")
                    .isEqualTo("download-only");
        }
    }

    @Test
    void settingsAreShownWithoutDigestsAndWithTheirVersion() {
        get("/api/v1/settings/updates").expectHeader().valueEquals("ETag", "\"-1\"");
        server.fleet.polling("00:01:00");

        get("/api/v1/settings/updates")
                .expectHeader()
                .valueEquals("ETag", "\"0\"")
                .expectBody(String.class)
                .value(text -> assertThat(text)
                        .contains("00:01:00", "registered")
                        .doesNotContain("Digest")
                        .doesNotContain("secret"));
    }

    /** A store with one file in it. */
    private record OneFile(String sha256, byte[] content) implements ArtifactStore {

        @Override
        public Mono<StoredArtifact> store(Flux<ByteBuffer> bytes, long sizeMax) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<StoredArtifact> find(String wanted) {
            return wanted.equals(sha256)
                    ? Mono.just(new StoredArtifact(sha256, "", "", content.length, Instant.EPOCH, null))
                    : Mono.empty();
        }

        @Override
        public Flux<ByteBuffer> read(String wanted, long offset, long length) {
            return Flux.just(ByteBuffer.wrap(Arrays.copyOfRange(content, (int) offset, (int) (offset + length))));
        }

        @Override
        public Mono<Boolean> delete(String wanted) {
            return Mono.just(false);
        }
    }
}
