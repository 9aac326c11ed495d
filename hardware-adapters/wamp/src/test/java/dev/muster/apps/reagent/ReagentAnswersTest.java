package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.CloudWorld.DEVICE;
import static dev.muster.apps.reagent.CloudWorld.HELLO;
import static dev.muster.apps.reagent.CloudWorld.NOW;
import static dev.muster.apps.reagent.CloudWorld.release;
import static dev.muster.apps.reagent.Frames.call;
import static dev.muster.apps.reagent.Frames.frame;
import static dev.muster.apps.reagent.Frames.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentStatus;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgentCommand.NoteAgentGone;
import dev.muster.apps.AppAgentCommand.ReportAgentStatus;
import dev.muster.apps.AppAgentCommand.ReportAgentSystem;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.InstallationCommand.ReportAppPorts;
import dev.muster.apps.InstallationCommand.ReportAppState;
import dev.muster.apps.PortRule;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.ReportedApp;
import dev.muster.testing.HandClock;
import dev.muster.wamp.AgentWire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What agents ask and tell, frame by frame: vectors G-8 to G-14, G-17 to G-19, G-30 to G-32; traps I.1 and I.4. */
class ReagentAnswersTest {

    private static final String STATUS =
            "[{'swarm_key':2,'device_key':3,'status':'CONFIGURING','wamp_session_id':4711,'tunnel_capable':true,"
                    + "'stats':{'cpu_count':4,'cpu_usage':3.5,'memory_total':8000000000,'memory_used':2000000000,"
                    + "'memory_available':6000000000,'storage_total':64000000000,'storage_used':1000000000,"
                    + "'storage_free':63000000000,'docker_apps_total':0,'docker_apps_used':0,'docker_apps_free':0,"
                    + "'docker_apps_mounted':false}}]";

    @TempDir
    private Path folder;

    private CloudWorld world;
    private AgentWire agent;

    @BeforeEach
    void start() {
        world = CloudWorld.start(folder);
        world.offers(CloudWorld.FACE, release(70, "1.0.0", null));
        agent = world.agent();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    /** Every agent prunes its containers and ends when something is published there: nobody may. */
    @Test
    void vectorG8() {
        agent.says("[32,2,{},\"reswarm.device.%d.list/ondestroy\"]");
        assertThat(agent.next()).matches("\\[33,2,\\d+]");
        agent.says("[16,3,{\"acknowledge\":true},\"reswarm.device.%d.list/ondestroy\",[]]");
        assertThat(agent.next()).startsWith("[8,16,3,{},\"wamp.error.not_authorized\"");
    }

    @Test
    void vectorG9AndG32() {
        String gone = "{'swarm_key':2,'device_key':3,'serial_number':'<S>','wamp_session_id':4711}";
        agent.says(call(3, "wamp.session.add_testament", "['reswarm.api.testament_device',[" + gone + "],{}]"));
        assertThat(agent.next()).matches("\\[50,3,\\{},\\[\\d+]]");
        assertThat(world.memory.commands).isEmpty();
        agent.breaksOff();
        assertThat(world.commands(1)).isNotEmpty().allMatch(new NoteAgentGone(DEVICE, 4711)::equals);
    }

    @Test
    void vectorG10() {
        agent.says(call(5, "reswarm.devices.read_device_metadata", "[{'device_key':3}]"));
        agent.hears(frame(
                "[50,5,{},[{'device_name':'device-b','swarm_name':'demo','ownername':'marko'," + "'swarm_key':2}]]"));
        world.memory.agents.put(DEVICE, CloudWorld.agentOf(9));
        agent.says(call(6, "reswarm.devices.read_device_metadata", "[{'device_key':3}]"));
        agent.hears(frame(
                "[50,6,{},[{'device_name':'device-b','swarm_name':'other','ownername':'marko'," + "'swarm_key':9}]]"));
    }

    @Test
    void vectorG11() {
        agent.says(call(6, "reswarm.devices.get_app_cred_key", ""));
        agent.hears("[50,6,{},[\"bWFzdGVyLWtleS1mb3ItdGVzdHM=\"]]");
    }

    @Test
    void vectorG12() {
        agent.says(call(7, "reswarm.devices.update_device_status", STATUS));
        assertThat(agent.next()).isEqualTo("[50,7,{}]");
        assertThat(world.memory.commands)
                .containsExactly(new ReportAgentStatus(DEVICE, AgentStatus.CONFIGURING, 4711, true));
        assertThat(world.memory.stats.get(DEVICE)).satisfies(stats -> {
            assertThat(stats.cpuUsage()).isEqualTo(3.5);
            assertThat(stats.storageFree()).isEqualTo(63_000_000_000L);
        });
    }

    @Test
    void vectorG12WhereTheServerHasAnAddress() throws Exception {
        world.close();
        world = CloudWorld.start(
                folder.resolve("other"), CloudWorld.SETTINGS.with("apps/", "https://studio.example.com"));
        agent = world.agent();
        agent.says(call(7, "reswarm.devices.update_device_status", STATUS));
        agent.hears("[50,7,{},[{\"reswarmBaseURL\":\"https://studio.example.com\"}]]");
    }

    /** An error at the end of its start ends the process: what is no fault of the agent is none to it. */
    @Test
    void aStatusThatCannotBeKeptIsNoError() {
        world.memory.commandFault = new IllegalStateException("no store");
        agent.says(call(7, "reswarm.devices.update_device_status", STATUS));
        assertThat(agent.next()).isEqualTo("[50,7,{}]");
        assertThat(world.memory.commands).isEmpty();
    }

    @Test
    void vectorG13() {
        agent.says(call(
                41,
                "reswarm.devices.update_device_architecture",
                "[{'swarm_key':2,'device_key':3,'architecture':'amd64','os':'linux debian 12.5 6.1.0','arch':'amd64',"
                        + "'variant':'','agent_version':'0.20.20'}]"));
        assertThat(agent.next()).isEqualTo("[50,41,{}]");
        assertThat(world.memory.commands)
                .containsExactly(new ReportAgentSystem(
                        DEVICE, new AgentSystem("linux debian 12.5 6.1.0", "amd64", "", "0.20.20")));
    }

    @Test
    void vectorG14() {
        world.wants(AppTarget.RUNNING, Map.of("GREETING", "\"hi\""), ReportedApp.unheard(AppStage.PROD));
        agent.says(call(44, "reswarm.containers.get_requested_app_states", "[{'device_key':3}]"));
        JsonNode answer = agent.nextNode();
        Frames.says(
                answer,
                "[50,44,{},[[{'app_key':7,'app_name':'hello','stage':'PROD','current_state':'UNINSTALLED',"
                        + "'target_state':'RUNNING','requestor_account_key':11,'device_owner_account_key':11,"
                        + "'release_key':70,'new_release_key':70,'present_version':'1.0.0','newest_version':'1.0.0',"
                        + "'request_update':false,'environment':{'GREETING':{'value':'hi'}},"
                        + "'environment_template':{'LEVEL':{'label':'Level','type':'text','defaultValue':'info'}},"
                        + "'ports':[{'name':'web','port':8080,'protocol':'http','main':true,'active':false,"
                        + "'public':false}],'docker_compose':null,'new_docker_compose':null,'app_cred_epoch':1}]]]");
        assertThat(answer.path(3).path(0).path(0).path("environment").size()).isEqualTo(1);
    }

    /** The token is ours to shape: for which device and account it is, and until when, proved with the secret. */
    @Test
    void vectorG17() {
        agent.says(call(50, "reswarm.containers.get_registry_token", "[{'callerID':11}]"));
        assertThat(agent.next()).matches("\\[50,50,\\{},\\[\"3\\.11\\.1767247200\\.[A-Za-z0-9_-]{43}\"]]");
    }

    @ParameterizedTest
    @CsvSource({"STARTING", "DOWNLOADING", "PRESENT", "RUNNING"})
    void vectorG18(AppState state) {
        agent.says(report(51, state.name(), 70, ""));
        assertThat(agent.next()).isEqualTo("[50,51,{}]");
        assertThat(world.memory.commands)
                .containsExactly(new ReportAppState(
                        DEVICE, HELLO, AppStage.PROD, state, new ReleaseKey(70), AppUpdateStatus.NONE, NOW));
    }

    private static final ReportAppPorts WEB_REPORTED = new ReportAppPorts(
            DEVICE,
            HELLO,
            AppStage.PROD,
            List.of(new PortRule("web", 8080, PortRule.Protocol.HTTP, true, false, false, "", 0, "", 40_000)));

    @Test
    void vectorG19() {
        agent.says(call(
                60,
                "reswarm.containers.update_app_on_device",
                "[{'app_key':7,'device_key':3,'swarm_key':2,'stage':'PROD','ports':[{'main':true,'name':'web',"
                        + "'active':false,'public':false,'port':8080,'protocol':'http','local_ip':'',"
                        + "'remote_port_environment':'','remote_port':0,'host_port':40000}]}]"));
        assertThat(agent.next()).isEqualTo("[50,60,{}]");
        assertThat(world.memory.commands).containsExactly(WEB_REPORTED);
    }

    /** So does the real one write them (0.20.20): it has read them from JSON itself. */
    @Test
    void portsMayBeWrittenWithAFractionOfZero() {
        agent.says(call(
                61,
                "reswarm.containers.update_app_on_device",
                "[{'app_key':7.0,'device_key':3,'swarm_key':2,'stage':'PROD','ports':[{'main':true,'name':'web',"
                        + "'active':false,'public':false,'port':8080.0,'protocol':'http','local_ip':'',"
                        + "'remote_port_environment':'','remote_port':0.0,'host_port':40000.0}]}]"));
        assertThat(agent.next()).isEqualTo("[50,61,{}]");
        assertThat(world.memory.commands).containsExactly(WEB_REPORTED);
        agent.says(call(
                62,
                "reswarm.containers.update_app_on_device",
                "[{'app_key':7,'device_key':3,'swarm_key':2,'stage':'PROD','ports':[{'port':8080.5}]}]"));
        assertThat(agent.next()).startsWith("[8,48,62,{},\"wamp.error.invalid_argument\"");
    }

    @Test
    void vectorG30() {
        agent.says(call(90, "re.tunnel.expose_port", "[{'port':0,'protocol':'tcp'}],{}"));
        agent.hears("[50,90,{},[{\"remote_port\":30022}]]");
        agent.says(frame("[16,91,{'acknowledge':true},'re.mgmt.<S>.tunnel_state_update/onreload',[{'status':{"
                + "'name':'3-hello-22-tcp','status':'running','localAddr':'127.0.0.1:40001','plugin':'',"
                + "'remoteAddr':'app.example.com:30022','remotePort':30022,'error':'','protocol':'tcp'},"
                + "'app_name':'hello','port':22,'active':true,'error':false,'error_message':'',"
                + "'url':'tcp://3-hello-22.app.example.com:30022'}]]"));
        assertThat(agent.next()).matches("\\[17,91,\\d+]");
    }

    @Test
    void vectorG31() {
        TunnelGate gate = new TunnelGate(
                world.memory.appAgents(),
                world.memory.secrets(),
                new TunnelPorts(world.memory.ports(HandClock.at(NOW)), CloudWorld.SETTINGS));
        String asked = frame("{'version':'0.1.0','op':'NewProxy','content':{'user':{'user':'','metas':{'tunnel_proof':"
                + "'OoZUr6xIejLehKY8CVBkEoR0_zi8qr10I5fi9zs5wNc'},'run_id':'r'},'proxy_name':'3-hello-8080-http',"
                + "'proxy_type':'http','subdomain':'3-hello-8080'}}");
        assertThat(answer(gate, asked)).isEqualTo("{\"reject\":false,\"unchange\":true}");
        assertThat(answer(gate, asked.replace("OoZ", "ooZ"))).contains("\"reject\":true", "\"reject_reason\"");
        assertThat(answer(gate, asked.replace("\"3-hello-8080\"", "\"4-hello-8080\"")))
                .contains("\"reject\":true");
        assertThat(answer(gate, "no question")).contains("\"reject\":true");
    }

    private static String answer(TunnelGate gate, String asked) {
        return Objects.requireNonNull(
                gate.answer(asked.getBytes(StandardCharsets.UTF_8)).block(CloudWorld.WAIT));
    }

    /** Where one argument is expected, none or an empty list crashes the process. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "reswarm.devices.read_device_metadata; [{'device_key':3}]",
                "reswarm.devices.get_app_cred_key; ``",
                "reswarm.containers.get_requested_app_states; [{'device_key':3}]",
                "reswarm.containers.get_registry_token; [{'callerID':11}]",
                "reswarm.devices.check_privilege; [{'privilege':'READ','entity':'DEVICE','entity_key':3,"
                        + "'requestor_account_key':11,'swarm_key':2}]",
                "re.tunnel.expose_port; [{'port':0,'protocol':'tcp'}]",
                "wamp.subscription.match; ['reswarm.logs.<S>.prod_7_hello']",
            })
    void whatIsAnsweredHasAnArgument(String procedure, String args) {
        agent.says(call(9, procedure, args));
        JsonNode answer = agent.nextNode();
        assertThat(answer.path(0).asInt(0)).as("%s", answer).isEqualTo(50);
        assertThat(answer.path(3).size()).as("%s", answer).isEqualTo(1);
    }

    /** Silence would block an agent for ever. */
    @Test
    void whateverElseIsAskedIsAnsweredToo() {
        agent.says(call(1, "reswarm.containers.get_boot_config", "[{}]"));
        agent.hearsError(1);
        agent.says(call(2, "re.tunnel.close_port", "[{}]"));
        agent.hearsError(2);
        agent.says(call(3, "reswarm.registry.run_gc", ""));
        agent.hears("[50,3,{}]");
        world.offers(AppFace.PLAIN);
        world.memory.secretFault = new IllegalStateException("no vault");
        agent.says(call(4, "reswarm.devices.get_app_cred_key", ""));
        assertThat(agent.hearsError(4)).doesNotContain("no vault");
        agent.says(call(5, "reswarm.containers.get_registry_token", "[{'callerID':11}]"));
        assertThat(agent.hearsError(5)).doesNotContain("no vault");
    }
}
