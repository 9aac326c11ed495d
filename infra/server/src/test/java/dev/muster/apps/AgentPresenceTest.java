package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apps.simulator.AgentFault;
import dev.muster.apps.simulator.AgentSettings;
import dev.muster.apps.simulator.DeviceFile;
import dev.muster.apps.simulator.SimulatedAgent;
import dev.muster.wamp.Router;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Agents connect, stay, go and come back: contract F (1) and (2), traps I.1, I.4 to I.7 and I.10. */
class AgentPresenceTest {

    private static AppsWorld world;

    @BeforeAll
    static void start() {
        world = AppsWorld.start();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void anAgentStartsAndIsSeen() {
        SimulatedAgent agent = world.up("seen");
        world.untilStatus("seen", "connected");
        assertThat(world.server.get("/api/v1/devices/seen").path("presence").asString())
                .isEqualTo("online");
        JsonNode view = world.agentOf("seen");
        assertThat(view.path("online").asBoolean()).isTrue();
        assertThat(view.path("tunnelCapable").asBoolean()).isTrue();
        assertThat(view.path("architecture").asString()).isEqualTo("amd64");
        assertThat(view.path("system").path("agentVersion").asString()).isEqualTo("0.20.20");
        assertThat(view.path("reading").path("stats").path("storageTotal").asLong())
                .isEqualTo(64_000_000_000L);
        assertThat(agent.exited()).isNull();
    }

    @Test
    void oneThatGoesIsAway() {
        SimulatedAgent agent = world.up("goes");
        world.untilStatus("goes", "connected");
        agent.close();
        world.untilStatus("goes", "disconnected");
        assertThat(world.server
                        .send("GET", "/api/v1/devices/goes/agent/metadata", null)
                        .body())
                .contains("apps.agent-offline");
    }

    @Test
    void aLineThatBreaksIsMended() {
        SimulatedAgent agent = world.up("breaks");
        long before = agent.sessionNumber();
        agent.cut();
        AppsWorld.until(() -> agent.starts() == 2 && agent.isUp());
        assertThat(agent.sessionNumber()).isNotEqualTo(before);
        world.untilStatus("breaks", "connected");
        assertThat(agent.exited()).isNull();
    }

    /** The agent dials anew and leaves its old socket open: the old session must be gone before it registers. */
    @Test
    void aSessionThatWasLeftBehindIsEnded() {
        SimulatedAgent agent = world.up("ghost");
        for (int times = 2; times < 5; times++) {
            int wanted = times;
            agent.leavesGhost();
            AppsWorld.until(() -> agent.starts() == wanted && agent.isUp());
        }
        world.untilStatus("ghost", "connected");
        assertThat(agent.exited()).isNull();
        assertThat(world.server
                        .get("/api/v1/devices/ghost/agent/metadata")
                        .path("version")
                        .asString())
                .isEqualTo("0.20.20");
    }

    /** A late word of a session that another one followed does not put the device offline. */
    @Test
    void aTestamentOfAnOldSessionMeansNothing() throws Exception {
        SimulatedAgent agent = world.up("testament");
        long old = agent.sessionNumber();
        agent.cut();
        AppsWorld.until(() -> agent.starts() == 2 && agent.isUp());
        world.untilStatus("testament", "connected");
        JsonNode before = world.agentOf("testament");
        agent.call(
                "wamp.session.add_testament",
                List.of(
                        "reswarm.api.testament_device",
                        List.of(Map.of("device_key", before.path("key").asLong(), "wamp_session_id", old)),
                        Map.of()));
        agent.beat();
        assertThat(world.agentOf("testament").path("status").asString()).isEqualTo("connected");
    }

    @Test
    void aWrongSecretStopsAnAgentForGood() {
        DeviceFile file = world.enrol("wrong");
        DeviceFile wrong = file.as(file.key(), "d3JvbmctYW5kLW5vdC1yaWdodA==");
        SimulatedAgent agent = world.agent(wrong);
        AppsWorld.until(() -> agent.exited() != null);
        assertThat(agent.exited()).contains("WAMP-CRA client signature is invalid");
        assertThat(world.agentOf("wrong").path("status").asString()).isEqualTo("never-seen");
    }

    @Test
    void whoeverIsNobodyKeepsKnocking() {
        DeviceFile file = world.enrol("known");
        DeviceFile nobody = file.as(999_999, file.secret());
        long before = world.server.bean(Router.class).metrics().refusals();
        SimulatedAgent agent = world.agent(nobody);
        AppsWorld.until(() -> world.server.bean(Router.class).metrics().refusals() >= before + 3);
        assertThat(agent.exited()).isNull();
        assertThat(agent.isUp()).isFalse();
    }

    @Test
    void anotherSecretEndsTheSessionOfTheOldOne() {
        SimulatedAgent old = world.up("rotated");
        JsonNode answer = world.server.ok("POST", "/api/v1/devices/rotated/agent/secret", null);
        AppsWorld.until(() -> old.exited() != null);
        assertThat(old.exited()).contains("WAMP-CRA client signature is invalid");
        SimulatedAgent fresh = world.agent(world.here(DeviceFile.read(answer.toString())));
        AppsWorld.until(fresh::isUp);
        world.untilStatus("rotated", "connected");
    }

    @Test
    void oneThatIsMovedComesBackAsOfItsNewProjectWithItsOldFile() {
        SimulatedAgent agent = world.up("moved");
        long project = world.server
                .ok("POST", "/api/v1/projects", Map.of("name", "second", "owner", "ann"))
                .path("key")
                .asLong();
        world.server.ok("PUT", "/api/v1/devices/moved/agent/project", Map.of("project", project));
        AppsWorld.until(() -> agent.project() == project && agent.isUp());
        world.untilStatus("moved", "connected");
        assertThat(world.agentOf("moved").path("project").asLong()).isEqualTo(project);
    }

    @Test
    void oneThatMayNotSignInAnyMoreIsSentAway() {
        SimulatedAgent agent = world.up("ended");
        world.server.ok("DELETE", "/api/v1/devices/ended/agent", null);
        AppsWorld.until(() -> !agent.isUp());
        assertThatThrownBy(() -> agent.call("reswarm.devices.get_app_cred_key", List.of()))
                .isInstanceOf(AgentFault.class);
        assertThat(agent.exited()).isNull();
    }

    @Test
    void withoutAContainerEngineItIsThereAllTheSame() {
        SimulatedAgent agent = world.agent(world.enrol("bare"), AgentSettings.QUICK.withoutDocker());
        AppsWorld.until(() -> agent.starts() == 1);
        world.untilStatus("bare", "connected");
        assertThat(world.server
                        .get("/api/v1/devices/bare/agent/storage")
                        .path("cpu_count")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void prometheusReadsTheWire() {
        world.up("counted");
        String metrics = world.server.send("GET", "/actuator/prometheus", null).body();
        assertThat(metrics)
                .containsPattern("(?m)^muster_wamp_sessions(\\{.*})? [1-9]")
                .containsPattern("(?m)^muster_wamp_messages_total(\\{.*})? [1-9]")
                .containsPattern("(?m)^muster_wamp_calls_total(\\{.*})? [1-9]");
        for (String each :
                List.of("publications", "events_dropped", "sessions_slow", "violations", "refusals", "takeovers")) {
            assertThat(metrics).containsPattern("(?m)^muster_wamp_" + each + "_total(\\{.*})? [0-9]");
        }
    }

    /** An empty list where something is expected crashes agents; the real shapes are G-10 to G-12 and G-23. */
    @Test
    void answersHaveTheShapesThatAgentsCanTake() throws Exception {
        SimulatedAgent agent = world.up("shapes");
        JsonNode metadata = agent.call("reswarm.devices.read_device_metadata", List.of(Map.of()));
        assertThat(metadata.path(3).path(0).path("swarm_key").isIntegralNumber())
                .isTrue();
        assertThat(metadata.path(3).path(0).path("swarm_name").asString()).isEqualTo("main");
        JsonNode key = agent.call("reswarm.devices.get_app_cred_key", List.of());
        assertThat(key.path(3).path(0).asString()).isNotEmpty();
        assertThat(agent.call("reswarm.devices.get_app_cred_key", List.of())
                        .path(3)
                        .path(0))
                .isEqualTo(key.path(3).path(0));
        JsonNode status = agent.call(
                "reswarm.devices.update_device_status",
                List.of(Map.of("status", "CONNECTED", "wamp_session_id", agent.sessionNumber())));
        assertThat(status).hasSize(3);
        JsonNode apps = agent.call("reswarm.containers.get_requested_app_states", List.of(Map.of()));
        assertThat(apps.path(3)).hasSize(1);
        assertThat(apps.path(3).path(0).isArray()).isTrue();
    }
}
