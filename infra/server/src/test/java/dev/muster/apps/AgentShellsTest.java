package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apps.simulator.SimulatedAgent;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Shells and orders past every wish: contract F (6), vectors G-23, G-28 and G-29, traps I.2 and I.12. */
class AgentShellsTest {

    private static AppsWorld world;
    private static SimulatedAgent agent;

    @BeforeAll
    static void start() {
        world = AppsWorld.start();
        agent = world.up("shelly");
        world.app("shell-app", Map.of(), "1.0.0");
        world.want("shelly", "shell-app", Map.of("target", "running"));
        world.untilReported("shelly", "shell-app", "running", "1.0.0");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static ShellSocket shell(String path, String authorization, String... headers) {
        URI uri = URI.create(world.server.baseUrl().replace("http://", "ws://") + path);
        return ShellSocket.open(world.http, uri, authorization, headers);
    }

    private static String admin() {
        return "Bearer " + world.server.adminToken();
    }

    @Test
    void aDevicesShellIsTypedIntoResizedAndEnds() throws Exception {
        try (ShellSocket shell = shell("/api/v1/devices/shelly/terminal", world.token("apps-shell"))) {
            shell.types("ls\r").shows("ran ls\r\n").sizes(24, 80).shows("size 24x80");
            shell.types("exit\r");
            assertThat(shell.closeCode()).isEqualTo(1000);
        }
        world.untilAudited("shelly", "apps.TerminalOpened", 1);
        world.untilAudited("shelly", "apps.TerminalClosed", 1);
    }

    @Test
    void aContainersShellEndsWithItsViewer() {
        ShellSocket shell = shell("/api/v1/devices/shelly/apps/shell-app/terminal", admin());
        shell.shows("$ ").types("whoami\r").shows("ran whoami");
        int before = agent.shells();
        assertThat(before).isPositive();
        shell.close();
        AppsWorld.until(() -> agent.shells() < before);
    }

    @Test
    void oneWhoMayNotIsToldSoBeforeAnythingHappens() {
        String reader = world.token("apps-read");
        assertThatThrownBy(() -> shell("/api/v1/devices/shelly/terminal", reader))
                .hasMessageContaining("403");
        assertThatThrownBy(() -> shell("/api/v1/devices/shelly/terminal", "Bearer muster_nonsense"))
                .hasMessageContaining("401");
        assertThat(world.as(reader, "POST", "/api/v1/devices/shelly/agent/reboot", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.as(reader, "GET", "/api/v1/devices/shelly/agent/images", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(agent.notes()).doesNotContain("system_reboot");
    }

    /** A browser lets every page open a WebSocket with its owner's cookies. */
    @Test
    void aPageOfAnotherServerOpensNothing() {
        assertThatThrownBy(
                        () -> shell("/api/v1/devices/shelly/terminal", admin(), "Origin", "https://evil.example.org"))
                .hasMessageContaining("403");
        try (ShellSocket own = shell("/api/v1/devices/shelly/terminal", admin(), "Origin", world.server.baseUrl())) {
            own.types("pwd\r").shows("ran pwd");
        }
    }

    @Test
    void aShellThatNobodyMayAnyMoreIsClosed() throws Exception {
        JsonNode token = world.server.ok(
                "POST", "/api/v1/tokens", Map.of("name", "short", "scopes", List.of("apps-shell"), "expiresIn", "P1D"));
        try (ShellSocket shell = shell(
                "/api/v1/devices/shelly/terminal",
                "Bearer " + token.path("token").asString())) {
            shell.types("id\r").shows("ran id");
            world.server.ok("DELETE", "/api/v1/tokens/" + token.path("id").asString(), null);
            assertThat(shell.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void aShellOfADeviceThatIsAwayIsRefusedInPlainHttp() {
        world.enrol("away");
        assertThatThrownBy(() -> shell("/api/v1/devices/away/terminal", admin()))
                .hasMessageContaining("409");
    }

    /** It gets no answer in HTTP to see, so it is told why by the way in which its WebSocket closes. */
    @Test
    void aPageIsRefusedByACloseThatSaysWhy() throws Exception {
        world.enrol("away-too");
        try (ShellSocket page = shell("/api/v1/devices/away-too/terminal", admin(), "Origin", world.server.baseUrl())) {
            assertThat(page.closeCode()).isEqualTo(4409);
            assertThat(page.closeReason()).isNotBlank();
        }
    }

    @Test
    void aShellBeginsWithTheSizeThatItsAddressSays() {
        assertThatThrownBy(() -> shell("/api/v1/devices/shelly/terminal?rows=24", admin()))
                .hasMessageContaining("400");
        try (ShellSocket shell = shell("/api/v1/devices/shelly/terminal?rows=30&columns=100", admin())) {
            shell.shows("size 30x100");
        }
    }

    @Test
    void aShellWhoseDeviceGoesAwaySaysSo() throws Exception {
        SimulatedAgent fleeting = world.up("fleeting");
        try (ShellSocket shell = shell("/api/v1/devices/fleeting/terminal", admin())) {
            shell.types("ls\r").shows("ran ls");
            fleeting.close();
            assertThat(shell.closeCode()).isEqualTo(4409);
        }
    }

    @Test
    void whatIsDoneOnADeviceIsOnRecord() {
        JsonNode answer = world.server.ok(
                "POST", "/api/v1/devices/shelly/agent/execute", Map.of("command", "uname", "arguments", List.of("-a")));
        assertThat(answer.path("output").asString()).isEqualTo("ran uname\n");
        world.server.ok("POST", "/api/v1/devices/shelly/agent/reboot", null);
        world.server.ok("POST", "/api/v1/devices/shelly/agent/prune", null);
        assertThat(agent.notes()).contains("execute_cmd uname", "system_reboot");
        world.untilAudited("shelly", "apps.AgentCalled", 3);
    }

    /** The agent asks what whoever calls may: a token with one right has no other, whoever made it. */
    @Test
    void theAgentJudgesByTheCallersRightsAtThisMoment() {
        String operator = world.token("apps-operate", "apps-read");
        assertThat(world.as(operator, "POST", "/api/v1/devices/shelly/agent/restart", "")
                        .statusCode())
                .isEqualTo(202);
        assertThat(agent.notes()).contains("system_restart_agent");
        assertThat(world.as(
                                operator,
                                "POST",
                                "/api/v1/devices/shelly/agent/execute",
                                "{\"command\":\"id\"}",
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(403);
    }
}
