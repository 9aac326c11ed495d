package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.CloudWorld.DEVICE;
import static dev.muster.apps.reagent.CloudWorld.HELLO;
import static dev.muster.apps.reagent.CloudWorld.NOW;
import static dev.muster.apps.reagent.CloudWorld.release;
import static dev.muster.apps.reagent.CloudWorld.reported;
import static dev.muster.apps.reagent.Frames.OWN;
import static dev.muster.apps.reagent.Frames.call;
import static dev.muster.apps.reagent.Frames.frame;
import static dev.muster.apps.reagent.Frames.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppFace;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.InstallationCommand.ReportAppState;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.ReportedApp;
import dev.muster.wamp.AgentWire;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What agents are told about apps, frame by frame: vectors G-15, G-16 and G-20 to G-22; traps I.7 and I.8. */
class ReagentOrdersTest {

    @TempDir
    private Path folder;

    private CloudWorld world;
    private AgentWire agent;
    private long registration;

    @BeforeEach
    void start() {
        world = CloudWorld.start(folder);
        agent = world.agent();
        registration = agent.registers(OWN + "request_app_state");
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    /** It asks for everything, as at the end of its start; from then on it is told what changes. */
    private void starts() {
        agent.says(call(44, "reswarm.containers.get_requested_app_states", "[{'device_key':3}]"));
        JsonNode answer = agent.nextNode();
        assertThat(answer.path(0).asInt(0)).as("%s", answer).isEqualTo(50);
        assertThat(answer.path(1).asInt(0)).isEqualTo(44);
    }

    /** The next thing it hears is an order with this number, of which the contract says so much. */
    private JsonNode isTold(long number, String order) {
        JsonNode invocation = agent.nextNode();
        Frames.says(
                invocation,
                "[68," + number + "," + registration
                        + ",{'caller':77,'caller_authid':'system','caller_authrole':'system'},[]," + order + "]");
        return invocation.path(5);
    }

    private void takesIt(long number) {
        agent.says("[70," + number + ",{}]");
    }

    @Test
    void vectorG15() {
        world.offers(AppFace.PLAIN, release(70, "1.0.0", null));
        starts();
        world.wants(AppTarget.RUNNING, ReportedApp.unheard(AppStage.PROD));
        JsonNode order = isTold(
                1,
                "{'app_key':7,'app_name':'hello','stage':'PROD','current_state':'UNINSTALLED',"
                        + "'target_state':'RUNNING','requestor_account_key':11,'release_key':70,"
                        + "'present_version':'1.0.0','newest_version':'1.0.0','request_update':false,"
                        + "'environment':{},'environment_template':{},'ports':[]}");
        // Even an empty object would make it an app of several containers.
        assertThat(order.path("docker_compose").isNull()).isTrue();
        assertThat(order.has("cancel_transition")).isFalse();
        takesIt(1);
    }

    /** It heard, and does not want to: the same again is not said, something else is. */
    @Test
    void vectorG16() {
        world.offers(AppFace.PLAIN, release(70, "1.0.0", null));
        starts();
        world.wants(AppTarget.RUNNING, ReportedApp.unheard(AppStage.PROD));
        isTold(1, "{'target_state':'RUNNING'}");
        world.looksAt(() -> {
            agent.says(frame("[8,68,1,{},'wamp.error.canceled',[{'error':'CHECK constraint failed: current_state'}]]"));
            world.memory.changed();
        });
        world.wants(AppTarget.PRESENT, ReportedApp.unheard(AppStage.PROD));
        isTold(2, "{'target_state':'PRESENT'}");
        takesIt(2);
    }

    @Test
    void vectorG20() {
        world.offers(AppFace.PLAIN, release(70, "1.0.0", null));
        world.wants(AppTarget.RUNNING, reported(AppState.RUNNING, 70));
        starts();
        world.offers(AppFace.PLAIN, release(70, "1.0.0", null), release(71, "1.1.0", null));
        world.wants(AppTarget.RUNNING, reported(AppState.RUNNING, 70));
        isTold(
                1,
                "{'app_key':7,'app_name':'hello','stage':'PROD','current_state':'RUNNING','target_state':'RUNNING',"
                        + "'release_key':70,'new_release_key':71,'present_version':'1.0.0',"
                        + "'newest_version':'1.1.0','request_update':true}");
        takesIt(1);
        reports(51, AppState.UPDATING, 70, "", AppUpdateStatus.NONE);
        reports(52, AppState.PRESENT, 71, "pending_remote_confirmation", AppUpdateStatus.PENDING_REMOTE_CONFIRMATION);
        reports(53, AppState.STARTING, 71, "completed", AppUpdateStatus.COMPLETED);
        reports(54, AppState.RUNNING, 71, "completed", AppUpdateStatus.COMPLETED);
    }

    private void reports(long call, AppState state, long release, String word, AppUpdateStatus update) {
        agent.says(report(call, state.name(), release, word));
        assertThat(agent.next()).isEqualTo("[50," + call + ",{}]");
        assertThat(world.memory.commands.getLast())
                .isEqualTo(
                        new ReportAppState(DEVICE, HELLO, AppStage.PROD, state, new ReleaseKey(release), update, NOW));
    }

    @Test
    void vectorG21() {
        world.offers(AppFace.PLAIN, release(70, "1.0.0", null));
        world.wants(AppTarget.RUNNING, reported(AppState.RUNNING, 70));
        starts();
        world.wants(AppTarget.PRESENT, reported(AppState.RUNNING, 70));
        isTold(1, "{'target_state':'PRESENT','current_state':'RUNNING','request_update':false}");
        takesIt(1);
        world.wants(AppTarget.UNINSTALLED, reported(AppState.PRESENT, 70));
        isTold(2, "{'target_state':'UNINSTALLED','current_state':'PRESENT','request_update':false}");
        takesIt(2);
    }

    @Test
    void vectorG22() {
        String compose = "{\"services\":{\"web\":{\"image\":\"busybox:1.36\",\"command\":\"httpd -f -p 8080\","
                + "\"ports\":[\"8080:8080\"]}}}";
        world.offers(AppFace.PLAIN, release(70, "1.0.0", compose));
        starts();
        world.wants(AppTarget.RUNNING, ReportedApp.unheard(AppStage.PROD));
        JsonNode order = isTold(1, "{'app_key':7,'target_state':'RUNNING'}");
        assertThat((Object) order.path("docker_compose")).isEqualTo(AgentWire.JSON.readTree(compose));
        takesIt(1);
    }

    /** Where a device is on its way is its own affair: told again for each of its reports, it would begin anew. */
    @Test
    void aReportIsNoReasonToTellItAgain() {
        world.offers(AppFace.PLAIN, release(70, "1.0.0", null));
        starts();
        world.wants(AppTarget.RUNNING, ReportedApp.unheard(AppStage.PROD));
        isTold(1, "{'current_state':'UNINSTALLED','target_state':'RUNNING'}");
        takesIt(1);
        for (AppState state : new AppState[] {AppState.STARTING, AppState.DOWNLOADING, AppState.RUNNING}) {
            world.looksAt(() -> world.wants(AppTarget.RUNNING, reported(state, 70)));
        }
        world.wants(AppTarget.PRESENT, reported(AppState.RUNNING, 70));
        isTold(2, "{'current_state':'RUNNING','target_state':'PRESENT'}");
        takesIt(2);
    }
}
