package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.simulator.AgentFault;
import dev.muster.apps.simulator.SimulatedAgent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Devices that lie and meddle: what they say counts for themselves alone, and nobody else suffers from it. */
class HostileAgentsTest {

    private static AppsWorld world;
    private static SimulatedAgent liar;
    private static SimulatedAgent victim;

    @BeforeAll
    static void start() {
        world = AppsWorld.start();
        victim = world.up("victim");
        liar = world.up("liar");
        world.untilStatus("victim", "connected");
        world.untilStatus("liar", "connected");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    /** The URI of the error; empty when it was answered. */
    private static String fault(String procedure, Object... args) throws InterruptedException {
        try {
            liar.call(procedure, List.of(args));
            return "";
        } catch (AgentFault e) {
            return e.uri();
        }
    }

    private static long key(String device) {
        return world.agentOf(device).path("key").asLong();
    }

    private static Map<String, Object> report(String app, String state) {
        Map<String, Object> all = new HashMap<>();
        all.put("app_key", world.server.get("/api/v1/apps/" + app).path("key").asLong());
        all.put("stage", "PROD");
        all.put("state", state);
        all.put("release_key", 0);
        all.put("updateStatus", "");
        return all;
    }

    @Test
    void nobodySpeaksForAnother() throws Exception {
        long other = key("victim");
        assertThat(fault(
                        "reswarm.devices.update_device_status",
                        Map.of("device_key", other, "swarm_key", 1, "status", "EMERGENCY", "wamp_session_id", 1)))
                .isEqualTo("wamp.error.not_authorized");
        assertThat(fault("reswarm.devices.read_device_metadata", Map.of("device_key", other)))
                .isEqualTo("wamp.error.not_authorized");
        assertThat(fault("reswarm.containers.get_requested_app_states", Map.of("device_key", other)))
                .isEqualTo("wamp.error.not_authorized");
        assertThat(fault(
                        "reswarm.devices.update_device_architecture",
                        Map.of("device_key", other, "os", "x", "arch", "x", "variant", "", "agent_version", "1")))
                .isEqualTo("wamp.error.not_authorized");
        assertThat(world.agentOf("victim").path("status").asString()).isEqualTo("connected");
        assertThat(world.agentOf("victim").path("architecture").asString()).isEqualTo("amd64");
    }

    @Test
    void nobodyCallsAnotherOrTheRoutersOwn() throws Exception {
        String serial = world.agentOf("victim").path("serial").asString();
        for (String procedure : List.of("execute_cmd", "init_device_terminal", "request_app_state", "get_images")) {
            assertThat(fault("re.mgmt." + serial + "." + procedure)).isEqualTo("wamp.error.not_authorized");
        }
        assertThat(fault("wamp.session.kill", victim.sessionNumber())).isEqualTo("wamp.error.not_authorized");
        assertThat(fault("wamp.session.list")).isEqualTo("wamp.error.not_authorized");
        assertThat(victim.notes()).isEmpty();
    }

    /** What a session leaves to be said counts for itself: another device's goes nowhere. */
    @Test
    void aTestamentOfAnotherMeansNothing() throws Exception {
        long session = victim.sessionNumber();
        SimulatedAgent forger = world.up("forger");
        forger.call(
                "wamp.session.add_testament",
                List.of(
                        "reswarm.api.testament_device",
                        List.of(Map.of("device_key", key("victim"), "wamp_session_id", session)),
                        Map.of()));
        forger.close();
        world.untilStatus("forger", "disconnected");
        assertThat(world.agentOf("victim").path("status").asString()).isEqualTo("connected");
        assertThat(world.server
                        .get("/api/v1/devices/victim/agent/metadata")
                        .path("arch")
                        .asString())
                .isEqualTo("amd64");
    }

    @Test
    void whatIsNoReportIsAnErrorAndLeavesNoTrace() throws Exception {
        world.app("odd", Map.of(), "1.0.0");
        for (Object wrong : List.of(
                "text",
                List.of(),
                Map.of(),
                Map.of("app_key", "7", "stage", "PROD", "state", "RUNNING"),
                Map.of("app_key", 7.5, "stage", "PROD", "state", "RUNNING"),
                Map.of("app_key", 7, "stage", "BOTH", "state", "RUNNING"),
                Map.of("app_key", 7, "stage", "PROD", "state", "STOPPED"),
                Map.of("app_key", 7, "stage", "PROD", "ports", List.of(Map.of("port", "22"))),
                Map.of("app_key", 7, "stage", "PROD", "ports", List.of(Map.of("port", 22, "protocol", "sctp"))))) {
            assertThat(fault("reswarm.containers.update_app_on_device", wrong))
                    .as("%s", wrong)
                    .startsWith("wamp.error.");
        }
        assertThat(fault("reswarm.devices.update_device_status", Map.of("status", "SUPER")))
                .isEqualTo("wamp.error.invalid_argument");
        assertThat(fault("reswarm.devices.check_privilege", Map.of("entity", "DEVICE")))
                .isNotEmpty();
        assertThat(world.server.get("/api/v1/devices/liar/apps").path("items")).isEmpty();
        assertThat(liar.isUp()).isTrue();
    }

    /** To the agent an error is a failed app: what nobody knows here is left to it. */
    @Test
    void aReportOfAnAppThatNobodyKnowsIsAnsweredAndForgotten() throws Exception {
        Map<String, Object> report = Map.of("app_key", 123_456, "stage", "PROD", "state", "RUNNING");
        assertThat(fault("reswarm.containers.update_app_on_device", report)).isEmpty();
        assertThat(world.server
                        .get("/api/v1/devices/liar/apps")
                        .path("items")
                        .valueStream()
                        .noneMatch(line -> line.path("key").asLong() == 123_456))
                .isTrue();
    }

    @Test
    void nobodyHasARightThatIsNone() throws Exception {
        Map<String, Object> question = new HashMap<>();
        question.put("privilege", "EVERYTHING");
        question.put("entity", "DEVICE");
        question.put("entity_key", key("liar"));
        question.put("requestor_account_key", 1);
        question.put("swarm_key", 1);
        assertThat(may(question)).isFalse();
        question.put("privilege", "READ");
        question.put("requestor_account_key", 999_999);
        assertThat(may(question)).isFalse();
        question.put("entity_key", key("victim"));
        assertThat(may(question)).isFalse();
    }

    private static boolean may(Map<String, Object> question) throws Exception {
        JsonNode answer = liar.call("reswarm.devices.check_privilege", List.of(question));
        assertThat(answer.path(3)).hasSize(1);
        return answer.path(3).path(0).asBoolean();
    }

    /** Each change is kept for ever, and one that says nothing new costs nothing. */
    @Test
    void oneThatIsAnotherAllTheTimeIsRefusedAtLast() throws Exception {
        SimulatedAgent waverer = world.up("waverer");
        List<Future<Boolean>> said = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 800; i++) {
                Map<String, Object> word =
                        Map.of("status", i % 2 == 0 ? "CONNECTED" : "EMERGENCY", "tunnel_capable", i / 2 % 2 == 0);
                said.add(threads.submit(() -> {
                    try {
                        waverer.call("reswarm.devices.update_device_status", List.of(word));
                        return true;
                    } catch (AgentFault e) {
                        return false;
                    }
                }));
            }
            victim.beat();
            int refused = 0;
            for (Future<Boolean> each : said) {
                refused += each.get(60, TimeUnit.SECONDS) ? 0 : 1;
            }
            assertThat(refused).isPositive();
        }
    }

    /** More than a device's share has to wait and is refused at last; everybody else goes on as before. */
    @Test
    void aFloodOfReportsHurtsWhoeverSendsIt() throws Exception {
        SimulatedAgent flooder = world.up("flooder");
        world.app("flood", Map.of(), "1.0.0");
        Map<String, Object> running = report("flood", "RUNNING");
        Map<String, Object> present = report("flood", "PRESENT");
        List<Future<Boolean>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 800; i++) {
                Map<String, Object> report = i % 2 == 0 ? running : present;
                sent.add(threads.submit(() -> {
                    try {
                        flooder.call("reswarm.containers.update_app_on_device", List.of(report));
                        return true;
                    } catch (AgentFault e) {
                        return false;
                    }
                }));
            }
            victim.beat();
            assertThat(world.server
                            .get("/api/v1/devices/victim/agent/metadata")
                            .path("os")
                            .asString())
                    .isEqualTo("linux");
            int refused = 0;
            for (Future<Boolean> each : sent) {
                refused += each.get(60, TimeUnit.SECONDS) ? 0 : 1;
            }
            assertThat(refused).isPositive();
        }
        assertThat(flooder.exited()).isNull();
    }
}
