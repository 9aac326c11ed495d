package dev.muster.config;

import static dev.muster.config.ConfigWorld.NET;
import static dev.muster.config.ConfigWorld.NETWORK;
import static dev.muster.config.ConfigWorld.WAIT;
import static dev.muster.config.ConfigWorld.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigWorld.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Registries from the definition to the device, on the whole server. Each story has a device or a group of its own. */
class ConfigStoryTest {

    private static ConfigWorld world;

    @BeforeAll
    static void start() {
        world = ConfigWorld.start();
        world.ask("POST", "/api/v1/registries", NETWORK).expect(201);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asString()));
        return texts;
    }

    private static List<String> texts(JsonNode list, String member) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.path(member).asString()));
        return texts;
    }

    @Test
    void aRegistryIsDefinedOnceAndLookedAt() {
        Answer again = world.ask("POST", "/api/v1/registries", NETWORK).expect(200);
        assertThat(again.json().path("revision").asLong()).isEqualTo(1);
        JsonNode line = world.get("/api/v1/registries")
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .filter(each -> each.path("name").asString().equals("network"))
                .findFirst()
                .orElseThrow();
        assertThat(line.path("summary").asString()).isEqualTo("How robots are connected");
        assertThat(line.path("profile").asString()).isEqualTo("confdb");
        assertThat(texts(line.path("views"))).containsExactly("all", "look");
        assertThat(line.path("changedBy").asString()).startsWith("token:");

        Answer one = world.get(NET).expect(200);
        assertThat(one.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(one.json().path("document").asString()).isEqualTo(NETWORK);
        JsonNode all = one.json().path("views").path(0);
        assertThat(all.path("summary").asString()).isEqualTo("Everything");
        assertThat(all.path("rules")
                        .valueStream()
                        .map(rule -> rule.path("request").asString() + " "
                                + rule.path("storage").asString() + " "
                                + rule.path("access").asString())
                        .toList())
                .contains("interfaces.{name}.mtu interfaces.{name}.mtu read-write", "pin wifi.pin write");
        assertThat(world.get(NET + "/revisions").json().path("items")).hasSize(1);
        assertThat(world.get(NET + "/revisions/1").json().path("document").asString())
                .isEqualTo(NETWORK);
        assertThat(world.get(NET + "/revisions/9").expect(404).code()).isEqualTo("config.version-unknown");
        assertThat(world.get("/api/v1/registries/acme/none").expect(404).code()).isEqualTo("config.no-schema");
    }

    @Test
    void aSchemaIsReplacedOnlyWhenItFitsAndNobodyWasFaster() {
        String mine = NETWORK.replace("\"name\":\"network\"", "\"name\":\"mine\"");
        String path = "/api/v1/registries/acme/mine";
        world.ask("PUT", path, mine).expect(200);
        assertThat(world.ask("PUT", NET, mine).expect(422).code()).isEqualTo("config.schema-invalid");
        world.ask("PATCH", path + "/fleet/views/all", values("host", "a")).expect(200);

        String narrower = mine.replace("\"host\":\"string\"", "\"host\":\"int\"");
        Answer inUse = world.ask("PUT", path, narrower, "If-Match", "\"1\"").expect(409);
        assertThat(inUse.code()).isEqualTo("config.schema-in-use");
        JsonNode finding = world.ask("POST", "/api/v1/registries/check", narrower)
                .expect(200)
                .json()
                .path("findings")
                .path(0);
        assertThat(finding.path("message").asString()).contains("fleet");

        String wider = mine.replace("\"host\":\"string\"", "\"host\":\"any\"");
        assertThat(world.ask("POST", "/api/v1/registries/check", wider).json().path("findings"))
                .isEmpty();
        assertThat(world.ask("PUT", path, wider, "If-Match", "\"7\"")
                        .expect(412)
                        .code())
                .isEqualTo("kernel.version-changed");
        Answer second = world.ask("PUT", path, wider, "If-Match", "\"1\"").expect(200);
        assertThat(second.headers().firstValue("ETag")).hasValue("\"2\"");
        JsonNode broken = world.ask("POST", "/api/v1/registries/check", "{\n  \"account-id\": }")
                .expect(200)
                .json()
                .path("findings")
                .path(0);
        assertThat(broken.path("line").asInt()).isEqualTo(2);
    }

    @Test
    void valuesAreWrittenLookedAtAndTakenBack() {
        String layer = "devices/writer";
        Answer dry = world.ask(
                        "PATCH",
                        NET + "/" + layer + "/views/all?dryRun=true",
                        values("host", "a", "wifi.key", "hush-dry"))
                .expect(200);
        assertThat(dry.json().path("version").asLong()).isZero();
        assertThat(texts(dry.json().path("changes"), "path")).containsExactly("host", "wifi.key");
        assertThat(dry.text()).doesNotContain("hush-dry");
        assertThat(world.get(NET + "/" + layer + "/values")
                        .json()
                        .path("version")
                        .asLong())
                .isZero();

        Answer first =
                world.write(layer, "host", "a", "rate", 9007199254740993L).expect(200);
        assertThat(first.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(first.json().path("changes").path(0).toString())
                .isEqualTo("{\"path\":\"host\",\"kind\":\"set\",\"after\":\"a\",\"secret\":false}");
        Answer second = world.ask(
                        "PATCH",
                        NET + "/" + layer + "/views/all",
                        values("host", "b", "rate", null),
                        "If-Match",
                        "\"1\"")
                .expect(200);
        assertThat(second.json().path("version").asLong()).isEqualTo(2);
        assertThat(second.text()).contains("\"before\":\"a\"").contains("\"kind\":\"removed\"");
        assertThat(world.write(layer, "host", "b").expect(200).json().path("changes"))
                .as("nothing new")
                .isEmpty();
        world.ask("PATCH", NET + "/" + layer + "/views/all", values("host", "c"), "If-Match", "\"1\"")
                .expect(412);

        Answer values = world.get(NET + "/" + layer + "/values").expect(200);
        assertThat(values.json().toString())
                .isEqualTo("{\"layer\":\"device/writer\",\"version\":2,\"values\":{\"host\":\"b\"},"
                        + "\"secrets\":[],\"lost\":[]}");
        assertThat(world.get(NET + "/" + layer + "/versions/1").text()).contains("9007199254740993");
        assertThat(world.get(NET + "/" + layer + "/views/all?fields=host")
                        .json()
                        .path("value")
                        .toString())
                .isEqualTo("{\"host\":\"b\"}");
        assertThat(world.get(NET + "/" + layer + "/views/all?fields=rate")
                        .expect(404)
                        .code())
                .isEqualTo("config.no-data");
        assertThat(world.get(NET + "/" + layer + "/views/none").expect(404).code())
                .isEqualTo("config.no-view");

        world.ask("POST", NET + "/" + layer + "/revert", Map.of("toVersion", 1)).expect(200);
        JsonNode page =
                world.get(NET + "/" + layer + "/history?limit=2").expect(200).json();
        assertThat(texts(page.path("items"), "kind")).containsExactly("reverted", "written");
        assertThat(page.path("items").path(0).path("toVersion").asLong()).isEqualTo(1);
        JsonNode rest = world.get(NET + "/" + layer + "/history?limit=2&cursor="
                        + page.path("next").asString())
                .json();
        assertThat(texts(rest.path("items"), "version")).containsExactly("1");
        assertThat(texts(rest.path("items").path(0).path("requests"))).containsExactlyInAnyOrder("host", "rate");
        assertThat(rest.has("next")).isFalse();
        assertThat(world.ask("POST", NET + "/" + layer + "/revert", Map.of("toVersion", 99))
                        .expect(404)
                        .code())
                .isEqualTo("config.version-unknown");
    }

    @Test
    void whatDoesNotFitIsRefusedAndOnRecordWithoutItsValue() {
        assertThat(world.write("devices/refused", "rate", -77123)
                        .expect(422)
                        .json()
                        .path("details")
                        .path("at")
                        .asString())
                .isEqualTo("rate");
        assertThat(world.write("devices/refused", "wifi.key", List.of("hush-refused"))
                        .expect(422)
                        .text())
                .doesNotContain("hush-refused");
        assertThat(world.write("devices/refused", "nowhere", 1).expect(404).code())
                .isEqualTo("config.no-match");
        world.ask("PATCH", NET + "/devices/refused/views/all", "{\"values\":{\"host\":\"hush-broken}}")
                .expect(400);
        assertThat(world.ask("PATCH", NET + "/staged/r1/views/all", values("host", "a"))
                        .expect(400)
                        .code())
                .isEqualTo("config.layer-invalid");
        Answer audit =
                world.get("/api/v1/audit?outcome=refused&command=config.*").expect(200);
        assertThat(texts(audit.json().path("items"), "target")).contains("databag/acme/network/device/refused");
        assertThat(texts(audit.json().path("items"), "code")).contains("config.value-invalid", "config.no-match");
        assertThat(audit.text()).doesNotContain("77123").doesNotContain("hush");
    }

    @Test
    void secretsAreForWhoMaySeeThemAndThatIsOnRecord() {
        String layer = "devices/keeper";
        world.write(layer, "wifi.ssid", "lab", "wifi.key", "hush-key", "pin", "hush-pin")
                .expect(200);
        Answer values = world.get(NET + "/" + layer + "/values").expect(200);
        assertThat(texts(values.json().path("secrets"))).containsExactly("wifi.key", "wifi.pin");
        assertThat(values.text()).doesNotContain("hush");
        assertThat(world.get(NET + "/" + layer + "/views/all?fields=wifi")
                        .json()
                        .toString())
                .contains("lab")
                .doesNotContain("hush");
        assertThat(world.get(NET + "/" + layer + "/views/all?fields=wifi.key")
                        .expect(403)
                        .code())
                .isEqualTo("config.only-secrets");
        assertThat(world.get(NET + "/" + layer + "/history").text()).doesNotContain("hush");

        String reader = world.token("config-read");
        assertThat(world.send("GET", NET + "/" + layer + "/values?secrets=true", null, reader)
                        .expect(403)
                        .code())
                .isEqualTo("identity.not-allowed");
        Answer seen = world.get(NET + "/" + layer + "/values?secrets=true").expect(200);
        assertThat(seen.text()).contains("hush-key", "hush-pin");
        assertThat(seen.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(world.get(NET + "/" + layer + "/views/all?fields=wifi.key&secrets=true")
                        .text())
                .contains("hush-key");
        assertThat(world.get(NET + "/wanted/keeper?secrets=true").text()).contains("hush-key");

        Answer audit = world.get("/api/v1/audit?command=config.ReadSecrets").expect(200);
        assertThat(audit.json().path("items")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(texts(audit.json().path("items"), "target")).contains("databag/acme/network/device/keeper");
        assertThat(audit.text()).doesNotContain("hush");
    }

    @Test
    void aDeviceHasTheWishesOfFleetGroupsAndItsOwn() {
        world.device("layered", "site/line");
        world.write("fleet", "interfaces.eth0", Map.of("mtu", 1500, "up", true)).expect(200);
        world.write("groups/site", "rate", 2).expect(200);
        world.write("groups/site~1line", "rate", 3).expect(200);
        world.write("devices/layered", "host", "own").expect(200);
        Answer wanted = world.get(NET + "/wanted/layered").expect(200);
        assertThat(wanted.json().path("values").toString()).contains("\"host\":\"own\"", "\"rate\":3", "\"mtu\":1500");
        assertThat(wanted.json().path("sources").path("rate").asString()).isEqualTo("group/site/line");
        assertThat(wanted.json().path("sources").path("interfaces.eth0.mtu").asString())
                .isEqualTo("fleet");
        assertThat(wanted.headers().firstValue("ETag").orElseThrow())
                .as("where values come from is in the answer too")
                .startsWith('"' + wanted.json().path("tag").asString() + "-");

        world.ask("PATCH", "/api/v1/devices/layered", Map.of("group", "site"), "If-Match", "*")
                .expect(204);
        assertThat(world.get(NET + "/wanted/layered")
                        .json()
                        .path("values")
                        .path("rate")
                        .asInt())
                .isEqualTo(2);
        JsonNode groups = world.get(NET + "/databags?kind=group").expect(200).json();
        assertThat(texts(groups.path("items"), "layer")).containsExactly("group/site", "group/site/line");
        JsonNode page = world.get(NET + "/databags?limit=1").json();
        assertThat(texts(page.path("items"), "layer")).containsExactly("fleet");
        assertThat(texts(
                        world.get(NET + "/databags?limit=1&cursor="
                                        + page.path("next").asString())
                                .json()
                                .path("items"),
                        "layer"))
                .containsExactly("group/site");
        world.write("fleet", "interfaces", null).expect(200);
    }

    @Test
    void driftIsWhatIsWishedAndNotSo() {
        world.device("drifter", null);
        world.write("actual/drifter", "host", "old").expect(200);
        world.write("devices/drifter", "host", "new", "rate", 1).expect(200);
        JsonNode drift = world.get(NET + "/drift").expect(200).json();
        JsonNode mine = drift.path("items")
                .valueStream()
                .filter(each -> each.path("device").asString().equals("drifter"))
                .findFirst()
                .orElseThrow();
        assertThat(texts(mine.path("paths"))).containsExactly("host", "rate");
        assertThat(mine.path("since").asString()).isNotEmpty();
        assertThat(drift.path("total").asInt()).isEqualTo(drift.path("items").size());
        world.write("actual/drifter", "host", "new", "rate", 1).expect(200);
        assertThat(texts(world.get(NET + "/drift").json().path("items"), "device"))
                .doesNotContain("drifter");
    }

    @Test
    void aDeviceFollowsAndSaysWhatBecameOfIt() throws Exception {
        String token = world.device("follower", null);
        world.write("devices/follower", "host", "a", "wifi.key", "hush-follow").expect(200);
        String path = "/registries/devices/follower/wanted/acme/network";
        Answer first = Awaitility.await().atMost(WAIT).until(() -> world.send("GET", path, null, token), it -> it.text()
                .contains("\"host\":\"a\""));
        assertThat(first.text()).contains("\"wifi\":{\"key\":\"hush-follow\"}");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        world.send("GET", path, null, token, "If-None-Match", tag).expect(304);
        world.send("GET", path, null, "TargetToken another-ones-token-entirely").expect(401);
        world.send("GET", path, null, null).expect(401);
        world.send("GET", path, null, world.token("config-read", "config-secrets"))
                .expect(200);
        world.send("GET", path, null, world.token("config-read")).expect(403);

        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                return;
            }
            world.write("devices/follower", "host", "b").expect(200);
        });
        Answer news = world.send("GET", path + "?wait=30s", null, token, "If-None-Match", tag);
        writer.join();
        assertThat(news.expect(200).text()).contains("\"host\":\"b\"");

        String now = news.json().path("tag").asString();
        world.send("POST", path + "/result", Map.of("tag", now, "status", "failed", "message", "no such host"), token)
                .expect(204);
        JsonNode outcome = Awaitility.await()
                .atMost(WAIT)
                .until(() -> world.get(NET + "/wanted/follower").json().path("outcome"), it -> it.has("status"));
        assertThat(outcome.path("status").asString()).isEqualTo("failed");
        assertThat(outcome.path("current").asBoolean()).isTrue();
        assertThat(outcome.path("message").asString()).isEqualTo("no such host");

        JsonNode timeline =
                world.get("/api/v1/devices/follower/timeline").expect(200).json();
        assertThat(texts(timeline.path("items"), "type"))
                .contains("config.ViewWritten", "config.WishRefused", "registry.DeviceRegistered");
        assertThat(timeline.toString()).doesNotContain("hush").contains("wifi.key");
        JsonNode feed = world.get("/api/v1/events/feed?subject=devices/follower")
                .expect(200)
                .json();
        assertThat(texts(feed.path("items"), "type"))
                .contains("muster.config.view-written.v1", "muster.config.wish-refused.v1");
        String lab = world.token("events-read", "devices-read");
        assertThat(world.send("GET", "/api/v1/events/feed?subject=devices/follower", null, lab)
                        .expect(200)
                        .text())
                .doesNotContain("muster.config.");
    }

    @Test
    void everyRightIsOneOfItsOwn() {
        String reader = world.token("config-read");
        world.send("GET", NET, null, reader).expect(200);
        world.send("PATCH", NET + "/fleet/views/all", values("host", "x"), reader)
                .expect(403);
        world.send("POST", "/api/v1/registries", NETWORK, reader).expect(403);
        world.send("DELETE", "/api/v1/devices/any/registry-key", null, reader).expect(403);
        world.send("GET", NET, null, world.token("devices-read")).expect(403);
    }

    @Test
    void numbersForPrometheus() {
        world.write("devices/counted", "rate", 1).expect(200);
        Answer metrics = Awaitility.await()
                .atMost(WAIT)
                .until(() -> world.get("/actuator/prometheus").expect(200), it -> it.text()
                        .contains("muster_config_devices_drifting{"));
        assertThat(metrics.text())
                .contains("muster_config_registries ", "muster_config_databags ", "muster_config_writes_total ")
                .contains("muster_config_polls_total{outcome=\"unchanged\"}")
                .contains("registry=\"acme/network\"");
    }
}
