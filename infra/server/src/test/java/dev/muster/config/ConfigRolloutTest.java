package dev.muster.config;

import static dev.muster.config.ConfigWorld.NETWORK;
import static dev.muster.config.ConfigWorld.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigWorld.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Configuration on its way through a fleet of twenty in three groups, on the whole server: devices follow their wishes
 * and say what became of them. Each story has a registry and a fleet of its own.
 */
class ConfigRolloutTest {

    private static final int DEVICES = 20;
    private static final List<Map<String, Object>> GROUPS = List.of(
            Map.of("name", "canary", "percent", 10, "successPercent", 100, "errorPercent", 0),
            Map.of("name", "some", "percent", 40, "successPercent", 50, "errorPercent", 20),
            Map.of("name", "rest", "percent", 50, "successPercent", 80, "errorPercent", 20));

    private static ConfigWorld world;

    @BeforeAll
    static void start() {
        world = ConfigWorld.start();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    /** A registry, twenty devices in a group of its name, and what they do. */
    private static final class Fleet {

        final String name;
        final String path;
        final List<String> devices;
        final Map<String, String> tokens = new HashMap<>();

        Fleet(String name) {
            this.name = name;
            this.path = "/api/v1/registries/acme/" + name;
            this.devices = IntStream.range(0, DEVICES)
                    .mapToObj(i -> "%s-%02d".formatted(name, i))
                    .toList();
            String schema = NETWORK.replace("\"name\":\"network\"", "\"name\":\"" + name + "\"");
            world.ask("POST", "/api/v1/registries", schema).expect(201);
            devices.forEach(each -> tokens.put(each, world.device(each, name)));
            write("fleet", "host", "old", "rate", 1);
        }

        void write(String layer, Object... pairs) {
            world.ask("PATCH", path + "/" + layer + "/views/all", ConfigWorld.values(pairs))
                    .expect(200);
        }

        Answer plan(Map<String, Object> values, Object... more) {
            Map<String, Object> body = new HashMap<>(Map.of(
                    "name",
                    "of " + name,
                    "view",
                    "all",
                    "values",
                    values,
                    "filter",
                    "group==" + name,
                    "target",
                    "fleet",
                    "groups",
                    GROUPS));
            for (int i = 0; i < more.length; i += 2) {
                body.put((String) more[i], more[i + 1]);
            }
            return world.ask("POST", path + "/rollouts", body);
        }

        /** Plans it, waits until its members are frozen, and starts it. */
        String started(Map<String, Object> values, Object... more) {
            String id = plan(values, more).expect(201).json().path("id").asString();
            until(id, "ready");
            order(id, "start").expect(202);
            return id;
        }

        Answer order(String id, String order) {
            return world.ask("POST", path + "/rollouts/" + id + "/" + order, null);
        }

        JsonNode rollout(String id) {
            return world.get(path + "/rollouts/" + id).expect(200).json();
        }

        JsonNode until(String id, String state) {
            return Awaitility.await("rollout is " + state)
                    .atMost(WAIT)
                    .until(() -> rollout(id), it -> it.path("state").asString().equals(state));
        }

        void untilGroup(String id, int group, String state) {
            Awaitility.await("group " + group + " is " + state).atMost(WAIT).until(() -> rollout(id)
                    .path("groups")
                    .path(group)
                    .path("state")
                    .asString()
                    .equals(state));
        }

        JsonNode wanted(String device) {
            return world.get(path + "/wanted/" + device).expect(200).json();
        }

        String host(String device) {
            return wanted(device).path("values").path("host").asString("");
        }

        /** The device asks for its wish and says what became of it. */
        void says(String device, String status, String message) {
            String follow = "/registries/devices/" + device + "/wanted/acme/" + name;
            Answer wish = world.send("GET", follow, null, tokens.get(device)).expect(200);
            Map<String, Object> result =
                    new HashMap<>(Map.of("tag", wish.json().path("tag").asString(), "status", status));
            if (message != null) {
                result.put("message", message);
            }
            world.send("POST", follow + "/result", result, tokens.get(device)).expect(204);
        }

        void apply(int from, int to) {
            devices.subList(from, to).forEach(each -> says(each, "applied", null));
        }

        List<String> members(String id, String query) {
            List<String> ids = new ArrayList<>();
            world.get(path + "/rollouts/" + id + "/devices" + query)
                    .expect(200)
                    .json()
                    .path("items")
                    .forEach(each -> ids.add(each.path("id").asString()));
            return ids;
        }

        String fleetHost() {
            return world.get(path + "/fleet/values")
                    .expect(200)
                    .json()
                    .path("values")
                    .path("host")
                    .asString("");
        }
    }

    @Test
    void groupAfterGroupHasItAndInTheEndTheFleet() {
        Fleet fleet = new Fleet("steady");
        String id = fleet.started(Map.of("host", "new", "wifi.key", "hush-rollout"));
        fleet.untilGroup(id, 0, "running");
        assertThat(fleet.host(fleet.devices.get(0))).isEqualTo("new");
        assertThat(fleet.wanted(fleet.devices.get(0))
                        .path("sources")
                        .path("host")
                        .asString())
                .isEqualTo("staged/" + id);
        assertThat(fleet.host(fleet.devices.get(2))).as("not its turn").isEqualTo("old");
        assertThat(fleet.members(id, "?state=running")).containsExactlyElementsOf(fleet.devices.subList(0, 2));

        fleet.apply(0, 2);
        fleet.untilGroup(id, 1, "running");
        fleet.write("actual/" + fleet.devices.get(2), "host", "new", "wifi.key", "hush-rollout");
        fleet.apply(3, 10);
        fleet.untilGroup(id, 2, "running");
        assertThat(fleet.fleetHost()).as("not before everybody has ended").isEqualTo("old");
        fleet.apply(10, 20);

        JsonNode finished = fleet.until(id, "finished");
        assertThat(finished.path("groups").path(1).path("succeeded").asInt()).isEqualTo(8);
        assertThat(finished.path("groups").path(2).path("succeeded").asInt()).isEqualTo(10);
        assertThat(finished.has("endedAt")).isTrue();
        assertThat(fleet.fleetHost()).isEqualTo("new");
        JsonNode wanted = fleet.wanted(fleet.devices.get(5));
        assertThat(wanted.path("values").path("host").asString()).isEqualTo("new");
        assertThat(wanted.path("values").path("rate").asInt()).isEqualTo(1);
        assertThat(wanted.path("sources").path("host").asString()).isEqualTo("fleet");
        assertThat(wanted.path("secrets").toString()).contains("wifi.key");
        String follow = "/registries/devices/" + fleet.devices.get(5) + "/wanted/acme/steady";
        assertThat(world.send("GET", follow, null, fleet.tokens.get(fleet.devices.get(5)))
                        .expect(200)
                        .text())
                .contains("hush-rollout");
        assertThat(fleet.members(id, "?state=succeeded&limit=1000")).hasSize(DEVICES);
        assertThat(world.get(fleet.path + "/rollouts").expect(200).text()
                        + world.get("/api/v1/audit?limit=1000").expect(200).text())
                .contains("wifi.key")
                .doesNotContain("hush-rollout");
    }

    @Test
    void tooManyFailuresPauseItAndPeopleMayGoOn() {
        Fleet fleet = new Fleet("failing");
        String id = fleet.started(Map.of("host", "new"));
        fleet.untilGroup(id, 0, "running");
        fleet.says(fleet.devices.get(0), "failed", "no such host");
        JsonNode paused = fleet.until(id, "paused");
        assertThat(paused.path("pauseCause").asString()).isEqualTo("error-threshold");
        assertThat(paused.path("groups").path(0).path("state").asString()).isEqualTo("error");
        JsonNode failed = world.get(fleet.path + "/rollouts/" + id + "/devices?state=failed")
                .json()
                .path("items")
                .path(0);
        assertThat(failed.path("id").asString()).isEqualTo(fleet.devices.get(0));
        assertThat(failed.path("message").asString()).isEqualTo("no such host");
        assertThat(fleet.host(fleet.devices.get(0))).as("who has it keeps it").isEqualTo("new");

        fleet.order(id, "resume").expect(202);
        fleet.apply(1, 2);
        fleet.untilGroup(id, 1, "running");
        fleet.apply(2, 10);
        fleet.untilGroup(id, 2, "running");
        fleet.apply(10, 20);
        fleet.until(id, "finished");
        assertThat(fleet.fleetHost()).isEqualTo("new");
        assertThat(fleet.order(id, "abort").expect(409).code()).isEqualTo("config.rollout-state");
    }

    @Test
    void aPersonLooksAtAGroupBeforeTheNextHasIt() {
        Fleet fleet = new Fleet("looked");
        List<Map<String, Object>> groups = List.of(
                Map.of("name", "canary", "percent", 10, "pauseAfter", true), Map.of("name", "rest", "percent", 90));
        String id = fleet.started(Map.of("host", "new"), "groups", groups);
        fleet.untilGroup(id, 0, "running");
        fleet.apply(0, 2);
        JsonNode paused = fleet.until(id, "paused");
        assertThat(paused.path("pauseCause").asString()).isEqualTo("group-succeeded");
        assertThat(paused.path("groups").path(0).path("pauseAfter").asBoolean()).isTrue();
        assertThat(paused.path("groups").path(1).path("state").asString()).isEqualTo("scheduled");
        assertThat(fleet.host(fleet.devices.get(2))).as("not its turn").isEqualTo("old");

        fleet.order(id, "resume").expect(202);
        fleet.untilGroup(id, 1, "running");
        fleet.apply(2, 20);
        fleet.until(id, "finished");
        assertThat(fleet.plan(
                                Map.of("host", "newer"),
                                "groups",
                                List.of(Map.of("name", "all", "percent", 100, "pauseAfter", "maybe")))
                        .expect(400)
                        .code())
                .isEqualTo("kernel.invalid-request");
    }

    @Test
    void abortingTakesItBackFromAll() {
        Fleet fleet = new Fleet("aborted");
        String id = fleet.started(Map.of("host", "new"));
        fleet.untilGroup(id, 0, "running");
        fleet.apply(0, 2);
        fleet.untilGroup(id, 1, "running");
        assertThat(fleet.host(fleet.devices.get(4))).isEqualTo("new");
        assertThat(fleet.plan(Map.of("rate", 2)).expect(409).code())
                .as("one of its devices would be in two")
                .isEqualTo("config.rollout-overlaps");

        fleet.order(id, "abort").expect(202);
        fleet.until(id, "stopped");
        fleet.devices.forEach(each -> assertThat(fleet.host(each)).as(each).isEqualTo("old"));
        assertThat(fleet.fleetHost()).isEqualTo("old");
        assertThat(fleet.members(id, "?state=canceled&limit=1000")).hasSize(DEVICES - 2);
        String next =
                fleet.plan(Map.of("rate", 2)).expect(201).json().path("id").asString();
        List<String> ids = new ArrayList<>();
        world.get(fleet.path + "/rollouts")
                .json()
                .path("items")
                .forEach(each -> ids.add(each.path("id").asString()));
        assertThat(ids).containsExactly(next, id);
    }

    @Test
    void silenceBeyondTheTimeoutIsFailure() {
        Fleet fleet = new Fleet("silent");
        String id = fleet.started(Map.of("host", "new"), "timeout", "PT2S");
        fleet.until(id, "paused");
        assertThat(world.get(fleet.path + "/rollouts/" + id + "/devices?state=failed")
                        .json()
                        .path("items")
                        .path(0)
                        .path("message")
                        .asString())
                .isEqualTo("no answer within 2s");
    }

    @Test
    void whoHasItAlreadyIsNotWaitedFor() {
        Fleet fleet = new Fleet("already");
        fleet.devices.forEach(each -> fleet.write("actual/" + each, "host", "new"));
        String id = fleet.started(Map.of("host", "new"));
        fleet.until(id, "finished");
        assertThat(fleet.fleetHost()).isEqualTo("new");
    }

    @Test
    void whatCannotWorkIsRefusedAtOnce() {
        Fleet fleet = new Fleet("refused");
        assertThat(fleet.plan(Map.of("rate", -1)).expect(422).code()).isEqualTo("config.value-invalid");
        assertThat(fleet.plan(Map.of("nothing", 1)).expect(404).code()).isEqualTo("config.no-match");
        assertThat(fleet.plan(Map.of("rate", 1), "filter", "group==nobody")
                        .expect(422)
                        .code())
                .isEqualTo("config.rollout-empty");
        assertThat(fleet.plan(Map.of("rate", 1), "target", "device/x")
                        .expect(400)
                        .code())
                .isEqualTo("config.rollout-invalid");
        assertThat(world.get(fleet.path + "/rollouts").json().path("items")).isEmpty();
        assertThat(world.get(fleet.path + "/databags?kind=staged").json().path("items"))
                .as("nothing was written")
                .isEmpty();
        assertThat(fleet.order("0198f1d2-0000-7000-8000-00000000abcd", "start")
                        .expect(404)
                        .code())
                .isEqualTo("config.rollout-unknown");
        String reader = world.token("config-read");
        world.send("GET", fleet.path + "/rollouts", null, reader).expect(200);
        world.send("POST", fleet.path + "/rollouts", Map.of(), reader).expect(403);
    }
}
