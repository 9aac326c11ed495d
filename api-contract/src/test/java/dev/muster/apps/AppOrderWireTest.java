package dev.muster.apps;

import static dev.muster.apps.AppWorld.agent;
import static dev.muster.apps.AppWorld.app;
import static dev.muster.apps.AppWorld.composed;
import static dev.muster.apps.AppWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppCatalogue.App;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The contract's vectors G-14, G-20 and G-22, as this house says them. */
class AppOrderWireTest {

    private static WantedApp greeting(WantedApp.Value value) {
        TreeMap<String, WantedApp.Value> environment = new TreeMap<>();
        environment.put("GREETING", value);
        String from = AppWorld.OWN.toString();
        return new WantedApp(AppTarget.RUNNING, from, null, from, environment, List.of(), 11);
    }

    private static Map<String, Object> wire(App app, WantedApp wanted, ReportedApp reported) {
        AppOrder order = Objects.requireNonNull(AppOrder.of(app, wanted, reported, agent()));
        return AppOrderWire.of(order, parameter -> parameter.value().clear());
    }

    @Test
    void aNewAppIsSaidAsTheContractHasIt() {
        WantedApp wanted = greeting(new WantedApp.Value("\"hi\"", null, AppWorld.OWN));
        Map<String, Object> wire = wire(app(release(70, "1.0.0")), wanted, ReportedApp.unheard(AppStage.PROD));
        assertThat(wire)
                .containsEntry("app_key", 7L)
                .containsEntry("app_name", "hello")
                .containsEntry("stage", "PROD")
                .containsEntry("current_state", "UNINSTALLED")
                .containsEntry("target_state", "RUNNING")
                .containsEntry("requestor_account_key", 11L)
                .containsEntry("device_owner_account_key", 11L)
                .containsEntry("release_key", 70L)
                .containsEntry("new_release_key", 70L)
                .containsEntry("present_version", "1.0.0")
                .containsEntry("newest_version", "1.0.0")
                .containsEntry("request_update", false)
                .containsEntry("environment", Map.of("GREETING", Map.of("value", "hi")))
                .containsEntry(
                        "environment_template",
                        Map.of("LEVEL", Map.of("defaultValue", "info", "label", "Level", "type", "text")))
                .containsEntry("docker_compose", null)
                .containsEntry("new_docker_compose", null)
                .containsEntry("app_cred_epoch", 1L)
                .doesNotContainKey("cancel_transition");
        assertThat(wire.get("ports"))
                .isEqualTo(List.of(Map.of(
                        "name",
                        "web",
                        "port",
                        8080L,
                        "protocol",
                        "http",
                        "main",
                        true,
                        "active",
                        false,
                        "public",
                        false,
                        "local_ip",
                        "",
                        "remote_port",
                        0L,
                        "remote_port_environment",
                        "")));
    }

    @Test
    void anUpdateNamesBoth() {
        WantedApp wanted = AppWorld.wanted(AppTarget.RUNNING, null);
        Map<String, Object> wire =
                wire(app(release(70, "1.0.0"), release(71, "1.1.0")), wanted, AppWorld.reported(AppState.RUNNING, 70L));
        assertThat(wire)
                .containsEntry("release_key", 70L)
                .containsEntry("new_release_key", 71L)
                .containsEntry("present_version", "1.0.0")
                .containsEntry("newest_version", "1.1.0")
                .containsEntry("request_update", true);
    }

    @Test
    void aCompositionIsAnObject() {
        Map<String, Object> wire = wire(
                app(composed(70, "1.36")),
                AppWorld.wanted(AppTarget.RUNNING, null),
                ReportedApp.unheard(AppStage.PROD));
        assertThat(wire.get("docker_compose"))
                .isEqualTo(Map.of("services", Map.of("web", Map.of("image", "busybox:1.36"))));
    }

    /** Agents take counts only as whole numbers, and anything but an object with a value wedges the app. */
    @Test
    void valuesKeepTheirKind() {
        WantedApp wanted = greeting(new WantedApp.Value("{\"a\":[1,2.5,true,null],\"b\":70}", null, AppWorld.OWN));
        Map<String, Object> wire = wire(app(release(70, "1.0.0")), wanted, ReportedApp.unheard(AppStage.PROD));
        assertThat(wire.get("environment")).hasToString("{GREETING={value={a=[1, 2.5, true, null], b=70}}}");
    }

    @Test
    void aSecretWhoseKeyIsGoneIsLeftOut() {
        WantedApp wanted = greeting(new WantedApp.Value(null, "sealed", AppWorld.OWN));
        Map<String, Object> wire = wire(app(release(70, "1.0.0")), wanted, ReportedApp.unheard(AppStage.PROD));
        assertThat(wire).containsEntry("environment", Map.of());
    }

    @Test
    void aReleaseThatNobodyKnowsHasNoNumber() {
        AppOrder order = Objects.requireNonNull(AppOrder.of(
                app(), AppWorld.wanted(AppTarget.RUNNING, null), AppWorld.reported(AppState.RUNNING, null), agent()));
        assertThat(AppOrderWire.of(order, parameter -> null)).doesNotContainKeys("release_key", "new_release_key");
    }
}
