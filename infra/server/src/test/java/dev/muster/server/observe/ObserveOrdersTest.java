package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.BearerTokens;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import dev.muster.observe.EnrolmentOrders;
import dev.muster.observe.Enrolments;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import dev.muster.server.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders about observation on the whole real server. Every story has devices and documents of its own. */
class ObserveOrdersTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> BY_AGENT = Map.of(Provenance.ACTOR, "token:agent");
    private static final String RULES = "groups:\n- name: disk\n  rules:\n  - alert: DiskFull\n    expr: up == 0\n";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).get("code").asString()).isEqualTo(code);
    }

    private static HttpResponse<String> put(String device, Map<String, ?> body, String... headers) {
        return server.send("PUT", "/api/v1/devices/" + device + "/enrolment", body, headers);
    }

    /** Reads what was written: memory follows within moments, and the read says from when on. */
    private static JsonNode get(String path) {
        return server.ok(
                "GET",
                path,
                null,
                "Muster-Min-Position",
                Long.toString(server.bean(dev.muster.kernel.Positions.class).committed()));
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static HttpResponse<String> publish(String kind, String uid, Object body, String... headers) {
        return server.send("POST", "/api/v1/documents/" + kind + "?uid=" + uid, body, headers);
    }

    @Nested
    class EnrolmentOfKnownDevices {

        @Test
        void isMadeOnceAndReplacedByWhoHasSeenIt() {
            server.ok("POST", "/api/v1/devices", Map.of("id", "arm-1"));
            publish("grafana-dashboard", "arm-cpu", "{}");
            Map<String, ?> front = Map.of(
                    "uid",
                    "front arm",
                    "address",
                    "2001:DB8::1",
                    "uses",
                    Map.of("grafana-dashboard", List.of("arm-cpu")));
            HttpResponse<String> made = put("arm-1", front);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(made.headers().firstValue("Location")).contains("/api/v1/devices/arm-1/enrolment");
            JsonNode enrolled = JSON.readTree(made.body());
            assertThat(enrolled.get("uid").asString()).isEqualTo("front arm");
            String tag = tag(made);
            assertThat(server.send("GET", "/api/v1/devices/arm-1/enrolment", null, "If-None-Match", tag)
                            .statusCode())
                    .as("what a read would bring")
                    .isEqualTo(304);

            HttpResponse<String> again = put("arm-1", front);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(again.body())).isEqualTo(enrolled);
            assertThat(tag(again)).isEqualTo(tag);

            Map<String, ?> back = Map.of("uid", "back arm", "address", "10.0.0.1");
            assertProblem(put("arm-1", back), 428, "kernel.if-match-required");
            assertProblem(put("arm-1", back, "If-Match", "\"99\""), 412, "kernel.version-changed");
            HttpResponse<String> replaced = put("arm-1", back, "If-Match", tag);
            assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
            assertProblem(put("arm-1", back, "If-Match", tag), 412, "kernel.version-changed");
            HttpResponse<String> patched = server.send(
                    "PATCH",
                    "/api/v1/devices/arm-1/enrolment",
                    Map.of("publicKey", "ssh-rsa AAAA"),
                    "If-Match",
                    tag(replaced));
            assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
            assertThat(tag(patched)).isNotEqualTo(tag(replaced));
            JsonNode read = get("/api/v1/devices/arm-1/enrolment");
            assertThat(read.get("uid").asString()).isEqualTo("back arm");
            assertThat(read.get("address").asString()).isEqualTo("10.0.0.1");
            assertThat(read.get("uses").get("grafana-dashboard")).isEmpty();
        }

        @Test
        void keepsWhatItUsesAndItsCertificateUnderAnotherUid() {
            server.ok("POST", "/api/v1/devices", Map.of("id", "arm-5"));
            publish("grafana-dashboard", "arm-5-cpu", "{}");
            Map<String, List<String>> uses = Map.of("grafana-dashboard", List.of("arm-5-cpu"));
            put("arm-5", Map.of("uid", "arm-5", "address", "10.0.0.5", "uses", uses));
            server.send("POST", "/api/v1/devices/arm-5/certificate-request", Map.of("csr", TestRequest.PEM));
            JsonNode before = get("/api/v1/devices/arm-5/enrolment");
            server.ok("PATCH", "/api/v1/devices/arm-5/enrolment", Map.of("uid", "arm-five"), "If-Match", "*");
            JsonNode after = get("/api/v1/devices/arm-5/enrolment");
            assertThat(after.get("uid").asString()).isEqualTo("arm-five");
            assertThat(after.get("uses")).isEqualTo(before.get("uses"));
            assertThat(after.get("certificate").asString()).isEqualTo("pending");
            assertThat(after.get("enrolledAt")).isEqualTo(before.get("enrolledAt"));
        }

        @Test
        void namesADocumentThatIsTakenAwayNoMore() {
            server.ok("POST", "/api/v1/devices", Map.of("id", "arm-6"));
            publish("grafana-dashboard", "arm-6-cpu", "{}");
            Map<String, List<String>> uses = Map.of("grafana-dashboard", List.of("arm-6-cpu"));
            HttpResponse<String> made = put("arm-6", Map.of("uid", "arm-6", "address", "10.0.0.6", "uses", uses));
            server.ok("DELETE", "/api/v1/documents/grafana-dashboard/arm-6-cpu", null, "If-Match", "*");
            JsonNode without = get("/api/v1/devices/arm-6/enrolment");
            assertThat(without.get("uses").get("grafana-dashboard")).isEmpty();
            assertThat(server.send("GET", "/api/v1/devices/arm-6/enrolment", null, "If-None-Match", tag(made))
                            .statusCode())
                    .as("who has the old answer hears of it")
                    .isEqualTo(200);
            publish("grafana-dashboard", "arm-6-cpu", "{}");
            assertThat(get("/api/v1/devices/arm-6/enrolment"))
                    .as("another document of that name is nobody's")
                    .isEqualTo(without);
        }

        @Test
        void isRefusedWhereSomethingIsMissing() {
            server.ok("POST", "/api/v1/devices", Map.of("id", "arm-2"));
            for (String uses : List.of("{\"loki-rules\":null}", "{\"loki-rules\":[null]}")) {
                String body = "{\"uid\":\"x\",\"address\":\"::1\",\"uses\":" + uses + "}";
                assertProblem(
                        server.send("PUT", "/api/v1/devices/arm-2/enrolment", body), 400, "kernel.invalid-request");
                assertProblem(
                        server.send("PATCH", "/api/v1/devices/arm-2/enrolment", body, "If-Match", "*"),
                        400,
                        "kernel.invalid-request");
            }
            assertProblem(put("arm-2", Map.of("uid", "x")), 400, "kernel.invalid-request");
            assertProblem(put("arm-2", Map.of("uid", "a/b", "address", "10.0.0.1")), 400, "observe.uid-invalid");
            assertProblem(put("arm-2", Map.of("uid", "x", "address", "nope")), 400, "observe.address-invalid");
            assertProblem(
                    put("arm-2", Map.of("uid", "x", "address", "::1", "uses", Map.of("loki-rules", List.of("nope")))),
                    404,
                    "observe.document-unknown");
            assertProblem(put("nobody", Map.of("uid", "x", "address", "::1")), 404, "registry.device-unknown");
            assertProblem(
                    put("arm-2", Map.of("uid", "x", "address", "::1"), "If-Match", "*"), 412, "kernel.version-changed");
            assertProblem(
                    server.send("GET", "/api/v1/devices/arm-2/enrolment", null), 404, "observe.enrolment-unknown");
        }

        @Test
        void showsInTheDevicesTimelineBesideTheRest() {
            server.ok("POST", "/api/v1/devices", Map.of("id", "arm-3"));
            put("arm-3", Map.of("uid", "arm-3", "address", "10.0.0.3"));
            server.ok("PATCH", "/api/v1/devices/arm-3/enrolment", Map.of("uid", "arm-three"), "If-Match", "*");
            server.ok("DELETE", "/api/v1/devices/arm-3/enrolment", null, "If-Match", "*");
            List<String> types = get("/api/v1/devices/arm-3/timeline")
                    .get("items")
                    .valueStream()
                    .map(moment -> moment.get("type").asString())
                    .toList();
            assertThat(types)
                    .contains("registry.DeviceRegistered")
                    .containsSubsequence("observe.EnrolmentEnded", "observe.UidChanged", "observe.DeviceEnrolled");
            assertThat(server.send("GET", "/api/v1/devices/arm-3", null).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void hasACertificateThatASignerDecides() {
            server.ok("POST", "/api/v1/devices", Map.of("id", "arm-4"));
            put("arm-4", Map.of("uid", "arm-4", "address", "10.0.0.4"));
            String certificate = "/api/v1/devices/arm-4/certificate";
            assertProblem(
                    server.send("POST", certificate + "-request", Map.of("csr", "nope")), 400, "observe.csr-invalid");
            assertProblem(
                    server.send("PATCH", certificate, Map.of("status", "signed"), "If-Match", "*"),
                    404,
                    "observe.certificate-unknown");
            assertThat(server.send("POST", certificate + "-request", Map.of("csr", TestRequest.PEM))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(get(certificate).get("status").asString()).isEqualTo("pending");
            long version = get("/api/v1/devices/arm-4/enrolment").get("version").asLong();
            server.ok(
                    "PATCH",
                    certificate,
                    Map.of("status", "signed", "certificate", "C", "chain", "LEAF"),
                    "If-Match",
                    "\"" + version + "\"");
            assertThat(get(certificate).get("chain").asString()).isEqualTo("LEAF");
            assertProblem(
                    server.send("PATCH", certificate, Map.of("status", "denied"), "If-Match", "\"" + version + "\""),
                    412,
                    "kernel.version-changed");
        }
    }

    @Nested
    class DocumentsOverHttp {

        @Test
        void goInAsTheyAreAndAreRevisedByWhoHasSeenThem() {
            HttpResponse<String> made =
                    publish("prometheus-rules", "disk%20full", RULES, "Content-Type", "application/yaml");
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            assertThat(made.headers().firstValue("Location"))
                    .contains("/api/v1/documents/prometheus-rules/disk%20full");
            assertThat(JSON.readTree(made.body()).get("template").asBoolean()).isFalse();
            assertProblem(
                    publish("prometheus-rules", "disk%20full", RULES, "Content-Type", "text/plain"),
                    409,
                    "observe.document-exists");
            String path = "/api/v1/documents/prometheus-rules/disk%20full";
            String other = RULES.replace("DiskFull", "DiskGone");
            assertProblem(
                    server.send("PUT", path, other, "Content-Type", "text/plain"), 428, "kernel.if-match-required");
            server.ok("PUT", path, other, "Content-Type", "text/plain", "If-Match", "\"0\"");
            assertThat(get(path).get("version").asLong()).isOne();
            server.ok("DELETE", path, null, "If-Match", "\"1\"");
            assertProblem(server.send("DELETE", path, null, "If-Match", "*"), 404, "observe.document-unknown");
            assertThat(publish("prometheus-rules", "disk%20full", RULES, "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(201);
        }

        @Test
        void areSaidTwiceOnce() {
            String dashboard = "{\"title\":\"twice\"}";
            HttpResponse<String> first = publish("grafana-dashboard", "twice", dashboard, "Idempotency-Key", "twice-1");
            HttpResponse<String> second =
                    publish("grafana-dashboard", "twice", dashboard, "Idempotency-Key", "twice-1");
            assertThat(second.statusCode()).isEqualTo(201);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        }

        @Test
        void mayHaveMegabytesButNotAnyNumber() {
            String large = "{\"title\":\"" + "x".repeat(3 << 20) + "\"}";
            assertThat(publish("grafana-dashboard", "large", large, "Idempotency-Key", "large-1")
                            .statusCode())
                    .isEqualTo(201);
            String tooLarge = "{\"title\":\"" + "x".repeat(16 << 20) + "\"}";
            assertProblem(publish("grafana-dashboard", "too-large", tooLarge), 413, "http.content-too-large");
            assertProblem(
                    publish("loki-rules", "too-large", "a: " + "x".repeat(1 << 20), "Content-Type", "text/plain"),
                    413,
                    "http.content-too-large");
        }

        @Test
        void leaveNothingBehindWhenTheyAreBroken() {
            assertProblem(publish("grafana-dashboard", "broken", "[1]"), 400, "observe.dashboard-invalid");
            assertProblem(
                    publish("loki-rules", "broken", "a: [1, 2", "Content-Type", "text/plain"),
                    400,
                    "observe.rules-invalid");
            assertProblem(
                    publish("grafana-dashboard", "broken", new byte[] {'{', (byte) 0xff, '}'}),
                    400,
                    "kernel.invalid-request");
            assertProblem(publish("nonsense", "broken", "{}"), 404, "observe.kind-unknown");
            assertProblem(publish("grafana-dashboard", "a%2Fb", "{}"), 400, "observe.uid-invalid");
            assertProblem(
                    server.send("GET", "/api/v1/documents/grafana-dashboard/broken", null),
                    404,
                    "observe.document-unknown");
        }

        @Test
        void haveNoNameThatNoPathCanSay() {
            for (String uid : List.of("100%25", "a%3Bb", "a%5Cb")) {
                assertProblem(publish("grafana-dashboard", uid, "{}"), 400, "observe.uid-invalid");
            }
        }

        @Test
        void alertRulesAreCheckedBeforeAnyoneStoresThem() {
            JsonNode fine = server.ok("POST", "/api/v1/alert-rules:check", RULES, "Content-Type", "application/yaml");
            assertThat(fine.get("storable").asBoolean()).isTrue();
            assertThat(fine.get("findings")).isEmpty();
            JsonNode odd = server.ok(
                    "POST",
                    "/api/v1/alert-rules:check",
                    "groups:\n- name: g\n  rules:\n  - expr: up\n",
                    "Content-Type",
                    "text/plain");
            assertThat(odd.get("storable").asBoolean()).isTrue();
            assertThat(odd.get("findings").get(0).get("path").asString()).startsWith("groups[0].rules[0]");
            JsonNode broken = server.ok(
                    "POST", "/api/v1/alert-rules:check", "groups:\n  a: [1, 2\n", "Content-Type", "text/plain");
            assertThat(broken.get("storable").asBoolean()).isFalse();
            assertThat(broken.get("findings").get(0).get("line").asInt()).isPositive();
        }
    }

    @Nested
    class Agents {

        private final EnrolmentOrders orders = server.bean(EnrolmentOrders.class);
        private final Enrolments enrolments = server.bean(Enrolments.class);

        @Test
        void ofFortyWhoEnrolOneUidExactlyOneDoes() {
            for (int round = 0; round < 5; round++) {
                Uid uid = new Uid("contested " + round);
                List<String> outcomes = Flux.range(0, 40)
                        .flatMap(
                                i -> orders.enrol(uid, "10.0.0.1", "", Map.of(), BY_AGENT)
                                        .map(made -> "made")
                                        .onErrorResume(
                                                Refused.class,
                                                refused -> reactor.core.publisher.Mono.just(
                                                        refused.refusal().code())),
                                40)
                        .collectList()
                        .block(Duration.ofSeconds(30));
                assertThat(Collections.frequency(outcomes, "made")).isOne();
                assertThat(Collections.frequency(outcomes, ObserveRefusal.UID_TAKEN.code()))
                        .isEqualTo(39);
            }
        }

        @Test
        void areDevicesFromThenOnAndLeaveAgain() {
            DeviceId id = orders.enrol(new Uid("agent-1"), "10.0.0.1", "ssh-rsa AAAA", Map.of(), BY_AGENT)
                    .block(Duration.ofSeconds(10))
                    .deviceId();
            assertThat(id).isEqualTo(new DeviceId("agent-1"));
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            server.send("GET", "/api/v1/devices/agent-1", null).statusCode())
                    .isEqualTo(200));
            JsonNode device = server.get("/api/v1/devices/agent-1");
            assertThat(device.get("origin").asString()).isEqualTo("enrolment");
            assertThat(device.get("address").asString()).isEqualTo("10.0.0.1");
            server.ok("DELETE", "/api/v1/devices/agent-1/enrolment", null, "If-Match", "*");
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            server.send("GET", "/api/v1/devices/agent-1", null).statusCode())
                    .isEqualTo(404));
        }

        @Test
        void standInTheTimelineAndTheAuditBesideUpdates() {
            orders.enrol(new Uid("agent-3"), "10.0.0.3", "", Map.of(), BY_AGENT).block(Duration.ofSeconds(10));
            assertThat(happened("agent-3")).as("at once").contains("observe.DeviceEnrolled");
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            server.send("GET", "/api/v1/devices/agent-3", null).statusCode())
                    .isEqualTo(200));
            server.ok("POST", "/api/v1/devices/agent-3/actions", Map.of("releaseId", release()));
            assertThat(happened("agent-3"))
                    .containsSubsequence(
                            "updates.ActionAssigned", "registry.DeviceRegistered", "observe.DeviceEnrolled");
            assertThat(get("/api/v1/audit?limit=200")
                            .get("items")
                            .valueStream()
                            .filter(line -> line.path("target").asString("").endsWith("/agent-3"))
                            .map(line -> line.path("actor").asString("") + " "
                                    + line.path("event").asString("")))
                    .contains("token:agent observe.DeviceEnrolled", "system:enrolment registry.DeviceRegistered")
                    .anyMatch(line -> line.endsWith(" updates.ActionAssigned"));
        }

        /** Types of what happened to a device, newest first. */
        private static List<String> happened(String device) {
            return get("/api/v1/devices/" + device + "/timeline")
                    .get("items")
                    .valueStream()
                    .map(moment -> moment.get("type").asString())
                    .toList();
        }

        /** It names no hardware, so it fits everybody. */
        private static String release() {
            String sha256 = server.ok(
                            "POST",
                            "/api/v1/artifacts?filename=f.bin",
                            "content",
                            "Content-Type",
                            "application/octet-stream")
                    .get("sha256")
                    .asString();
            Map<String, ?> file = Map.of("sha256", sha256, "fileName", "f.bin");
            Map<String, ?> module = Map.of("type", "os", "name", "os", "version", "1.0.0", "artifacts", List.of(file));
            Map<String, ?> release = Map.of("name", "os", "version", "1.0.0", "modules", List.of(module));
            return server.ok("POST", "/api/v1/releases", release).get("id").asString();
        }

        @Test
        void whoseDeviceIsDecommissionedAreNotEnrolledAnyMore() {
            server.ok("POST", "/api/v1/devices", Map.of("id", "agent-2"));
            orders.enrol(new Uid("agent-2"), "10.0.0.2", "", Map.of(), BY_AGENT).block(Duration.ofSeconds(10));
            server.ok("DELETE", "/api/v1/devices/agent-2", null, "If-Match", "*");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> enrolments.of(new DeviceId("agent-2")) == null);
        }

        @Test
        void showTokensThatAreKnown() {
            BearerTokens tokens = server.bean(BearerTokens.class);
            Caller caller = tokens.callerOf(server.adminToken(), Map.of(Provenance.ADDRESS, "10.0.0.1"))
                    .block();
            assertThat(caller.may(Permission.DEVICES_ENROL)).isTrue();
            assertThat(caller.provenance())
                    .containsEntry(Provenance.ADDRESS, "10.0.0.1")
                    .containsEntry(Provenance.ACTOR, caller.actor());
            assertThat(tokens.callerOf(server.adminToken() + "x", Map.of()).block())
                    .isNull();
            assertThat(tokens.callerOf("", Map.of()).block()).isNull();
        }
    }
}
