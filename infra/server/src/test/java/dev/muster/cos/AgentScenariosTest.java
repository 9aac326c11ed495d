package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cos.CosAgent.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A1 to A6: an agent's day, by what it asks and what it hears. */
class AgentScenariosTest extends CosVectors {

    /** What the agent does with a folder of each kind; the dashboard as Python writes it. */
    private static final Files FILES = new Files(
            Map.of("overview", "{\"id\": null, \"title\": \"caf\\u00e9\", \"panels\": [1, 1.0, 1e-07], \"x\": {}}"),
            Map.of("layout", "{\"configById\": {}, \"layout\": \"3D!a\"}"),
            Map.of("logs", "groups:\n- name: logs_%%juju_device_uuid%%\n  rules: []\n"),
            Map.of("cpu", "groups:\n- name: cpu\n  rules:\n  - alert: Busy\n    expr: up < 1\n    for: 5m\n"));

    private static final List<String> LOOKED_FOR = List.of(
            "GET applications/grafana/dashboards/overview/",
            "GET applications/foxglove/dashboards/layout/",
            "GET applications/loki/alert_rules/logs/",
            "GET applications/prometheus/alert_rules/cpu/");

    private CosAgent agent(String uid) {
        return new CosAgent(world.http, "/cos", uid, "whatever it was given");
    }

    private static List<String> fresh() {
        return List.of(
                "GET health/ 200",
                LOOKED_FOR.get(0) + " 404",
                "POST applications/grafana/dashboards/ 201",
                LOOKED_FOR.get(1) + " 404",
                "POST applications/foxglove/dashboards/ 201",
                LOOKED_FOR.get(2) + " 404",
                "POST applications/loki/alert_rules/ 201",
                LOOKED_FOR.get(3) + " 404",
                "POST applications/prometheus/alert_rules/ 201",
                "POST devices/ 201");
    }

    /** Dashboards are as they were sent, byte for byte; rule files are always sent again. */
    private static List<String> again() {
        return List.of(
                "GET health/ 200",
                LOOKED_FOR.get(0) + " 200",
                LOOKED_FOR.get(1) + " 200",
                LOOKED_FOR.get(2) + " 200",
                "PATCH applications/loki/alert_rules/logs/ 200",
                LOOKED_FOR.get(3) + " 200",
                "PATCH applications/prometheus/alert_rules/cpu/ 200");
    }

    @Test
    void a1AFreshSetUpIsTenRequests() {
        CosAgent agent = agent("robot-1");

        agent.setup(FILES);

        assertThat(agent.log).isEqualTo(fresh());
        assertThat(uids(L)).containsExactly("logs/robot-1");
        assertThat(uids(P)).containsExactly("cpu");
    }

    @Test
    void a2ASecondSetUpEndsOnTheTakenUid() {
        agent("robot-1").setup(FILES);
        CosAgent agent = agent("robot-1");

        agent.setup(FILES);

        assertThat(agent.log.subList(0, 7)).isEqualTo(again());
        assertThat(agent.log.getLast()).isEqualTo("POST devices/ 400");
        assertThat(agent.log).hasSize(8);
    }

    @Test
    void a2bARuleFileThatIsSentAgainChangesNothing() {
        agent("robot-1").setup(FILES);
        leavesNothingBehind(() -> agent("robot-1").setup(FILES));
    }

    @Test
    void a3AnUpdateSendsBackWhatItRead() {
        agent("robot-1").setup(FILES);
        CosAgent agent = agent("robot-1");

        agent.update(FILES);

        assertThat(agent.log.subList(0, 7)).isEqualTo(again());
        assertThat(agent.log.subList(7, 9)).containsExactly("GET devices/robot-1/ 200", "PATCH devices/robot-1/ 200");
        leavesNothingBehind(() -> agent("robot-1").update(FILES));
    }

    @Test
    void a4ADeviceLeavesOnce() {
        agent("robot-1").setup(FILES);
        CosAgent agent = agent("robot-1");

        agent.delete();
        agent.delete();

        assertThat(agent.log)
                .containsExactly(
                        "GET health/ 200",
                        "DELETE devices/robot-1/ 204",
                        "GET health/ 200",
                        "DELETE devices/robot-1/ 404");
        CosAgent late = agent("robot-1");
        assertThatThrownBy(() -> late.update(Files.NONE)).isInstanceOf(CosAgent.Aborted.class);
        agent("robot-1").setup(FILES);
        assertThat(uids(D)).containsExactly("robot-1");
    }

    @Test
    void a5ASignedDeviceWritesItsChain() {
        CosAgent agent = agent("robot-1");

        agent.setupWithTls(FILES, () -> assertThat(patch(
                                D + "robot-1/certificate/",
                                "{\"status\":\"signed\",\"certificate\":\"C\",\"ca\":\"CA\",\"chain\":\"C\\n\\nCA\"}")
                        .status())
                .isEqualTo(200));

        assertThat(agent.log.subList(9, 13))
                .containsExactly(
                        "POST devices/ 201",
                        "POST devices/robot-1/certificate/ 202",
                        "GET devices/robot-1/certificate/ 200",
                        "GET devices/robot-1/certificate/ 200");
        assertThat(agent.log).hasSize(13);
        assertThat(agent.writtenCertificate).isEqualTo("C\n\nCA");
    }

    @Test
    void a6ADeniedDeviceLeaves() {
        CosAgent agent = agent("robot-1");

        agent.setupWithTls(
                FILES, () -> patch(D + "robot-1/certificate/", "{\"status\":\"denied\",\"certificate\":\"\"}"));

        assertThat(agent.log.getLast()).isEqualTo("DELETE devices/robot-1/ 204");
        assertThat(agent.writtenCertificate).isNull();
        assertThat(uids(D)).isEmpty();
    }

    /** §12: what the charm polls, and what it would write. */
    @Test
    void theCharmFindsWhatItPolls() {
        agent("robot-1").setupWithTls(FILES, () -> assertThat(charm("robot-1")).isTrue());

        assertThat(get(D + "?fields=uid,public_ssh_key").text())
                .isEqualTo("[{\"uid\":\"robot-1\",\"public_ssh_key\":\"ssh-rsa AAAAB3NzaC1yc2E\"}]");
        assertThat(get(D + "?fields=uid,address").text())
                .isEqualTo("[{\"uid\":\"robot-1\",\"address\":\"127.0.0.1\"}]");
        assertThat(get(G).json().path(0).path("dashboard").path("title").asString())
                .isEqualTo("caf\u00e9");
        assertThat(get(L).json().path(0).path("rules").asString()).contains("logs_robot-1");
    }

    private boolean charm(String uid) {
        return get(D + "?fields=uid,certificate").json().values().stream()
                .filter(it -> it.at("/certificate/status").asString().equals("pending"))
                .filter(it -> it.path("uid").asString().equals(uid))
                .allMatch(it -> patch(
                                        D + uid + "/certificate/",
                                        "{\"certificate\":\"C\",\"ca\":\"A\",\"chain\":\"C\\n\\nA\",\"status\":\"signed\"}")
                                .status()
                        == 200);
    }
}
