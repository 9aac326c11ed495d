package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.CloudWorld.ANN;
import static dev.muster.apps.reagent.CloudWorld.DEVICE;
import static dev.muster.apps.reagent.CloudWorld.until;
import static dev.muster.apps.reagent.Frames.LOG;
import static dev.muster.apps.reagent.Frames.OWN;
import static dev.muster.apps.reagent.Frames.call;
import static dev.muster.apps.reagent.Frames.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apps.AgentAuditEvent.TerminalClosed;
import dev.muster.apps.AgentAuditEvent.TerminalOpened;
import dev.muster.apps.AgentLink.Answer;
import dev.muster.apps.AgentLink.LogItem;
import dev.muster.apps.AgentLink.TerminalSession;
import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.Refused;
import dev.muster.wamp.AgentWire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

/** What people ask of agents: questions, logs and shells, frame by frame. Vectors G-23 to G-29, traps I.2 and I.7. */
class ReagentLinesTest {

    private static final long VIEWERS_SESSION = 79;

    @TempDir
    private Path folder;

    private CloudWorld world;
    private AgentWire agent;

    @BeforeEach
    void start() {
        world = CloudWorld.start(folder);
        agent = world.agent();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private CompletableFuture<Answer> asks(String procedure, List<?> args) {
        return world.cloud.link().call(DEVICE, procedure, args, Map.of(), ANN).toFuture();
    }

    private static <T> T got(CompletableFuture<T> answer) throws Exception {
        return answer.get(CloudWorld.WAIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** The next thing is a call of this procedure, by the one name that agents believe, on behalf of account 11. */
    private JsonNode isCalled(long registration, String args) {
        JsonNode invocation = agent.nextNode();
        assertThat(invocation.path(0).asInt(0)).as("%s", invocation).isEqualTo(68);
        assertThat(invocation.path(2).asLong(0)).as("%s", invocation).isEqualTo(registration);
        Frames.says(invocation.path(3), "{'caller':77,'caller_authid':'system','caller_authrole':'system'}");
        Frames.says(invocation.path(4), args);
        return invocation;
    }

    private static void isFor(JsonNode invocation, long account) {
        assertThat(invocation.path(5).path("requestor_account_key").asLong(0)).isEqualTo(account);
    }

    private void yields(JsonNode invocation, String payload) {
        agent.says(frame("[70," + invocation.path(1).asLong(0) + ",{}" + payload + "]"));
    }

    /** As people are known to the agent by a number alone, it asks what that number may while the call goes on. */
    @Test
    void vectorG23() throws Exception {
        long storage = agent.registers(OWN + "get_storage_data");
        CompletableFuture<Answer> answer = asks("get_storage_data", List.of());
        JsonNode invocation = isCalled(storage, "[]");
        isFor(invocation, 11);
        String question =
                "[{'privilege':'READ','entity':'DEVICE','entity_key':3,'requestor_account_key':11," + "'swarm_key':2}]";
        agent.says(call(70, "reswarm.devices.check_privilege", question));
        agent.hears("[50,70,{},[true]]");
        assertThat(world.memory.judged).containsExactly("11 is ann", "11 READ");
        yields(invocation, ",[{'cpu_count':4}]");
        assertThat(got(answer).args()).containsExactly(Map.of("cpu_count", 4L));

        world.memory.may = false;
        CompletableFuture<Answer> refused = asks("get_storage_data", List.of());
        JsonNode second = isCalled(storage, "[]");
        agent.says(call(71, "reswarm.devices.check_privilege", question));
        agent.hears("[50,71,{},[false]]");
        agent.says(frame("[8,68," + second.path(1).asLong(0)
                + ",{},'wamp.error.canceled',[{'error':'insufficient privileges to get storage data'}]]"));
        assertThatThrownBy(() -> got(refused)).satisfies(failure -> {
            assertThat(Refused.is(failure, AppsRefusal.AGENT_FAILED)).isTrue();
            assertThat(failure).hasMessageContaining("insufficient privileges to get storage data");
        });
    }

    /** In one word about another device, or for nobody, the answer is no. */
    @Test
    void nobodyHasRightsElsewhere() {
        agent.says(call(
                70,
                "reswarm.devices.check_privilege",
                "[{'privilege':'READ','entity':'DEVICE','entity_key':4,'requestor_account_key':11,'swarm_key':2}]"));
        agent.hears("[50,70,{},[false]]");
        agent.says(call(
                71,
                "reswarm.devices.check_privilege",
                "[{'privilege':'READ','entity':'DEVICE','entity_key':3,'swarm_key':2}]"));
        agent.hears("[50,71,{},[false]]");
        assertThat(world.memory.judged).isEmpty();
    }

    @Test
    void vectorsG24ToG26() {
        long created = agent.subscribes("wamp.subscription.on_create");
        long deleted = agent.subscribes("wamp.subscription.on_delete");
        List<LogItem> seen = new CopyOnWriteArrayList<>();
        Disposable viewer = world.cloud.link().logs(DEVICE, "prod_7_hello").subscribe(seen::add);
        JsonNode event = agent.nextNode();
        long id = event.path(4).path(1).path("id").asLong(0);
        assertThat(event.path(1).asLong(0)).isEqualTo(created);
        Frames.says(
                event.path(4),
                "[" + VIEWERS_SESSION + ",{'id':" + id + ",'created':'2026-01-01T00:00:00.000Z','uri':'" + LOG
                        + "','match':'exact'}]");
        agent.says(call(81, "wamp.subscription.match", "['" + LOG + "']"));
        agent.hears("[50,81,{},[[" + id + "]]]");
        agent.says(frame("[16,80,{},'" + LOG + "',['line 1\\nline 2']]"));
        agent.says(frame("[16,82,{},'" + LOG + "',[{'type':'build','chunk':'Starting hello...'}]]"));
        agent.says(frame("[16,83,{},'" + LOG + "',[{'type':'build','chunk':'LOGGER_CLEAR'}]]"));
        agent.says(frame(
                "[16,84,{},'" + LOG + "',[{'id':'hello.tgz','status':'Transfer Progress:','progress':'50.000%'}]]"));
        until(() -> seen.size() == 4);
        assertThat(seen)
                .containsExactly(
                        new LogItem.Lines("line 1\nline 2"),
                        new LogItem.Message("Starting hello..."),
                        new LogItem.Cleared(),
                        new LogItem.Transfer("hello.tgz", "50.000%"));
        viewer.dispose();
        JsonNode gone = agent.nextNode();
        assertThat(gone.path(1).asLong(0)).isEqualTo(deleted);
        Frames.says(gone.path(4), "[" + VIEWERS_SESSION + "," + id + "]");
        agent.says(call(85, "wamp.subscription.match", "['" + LOG + "']"));
        agent.hears("[50,85,{},[null]]");
    }

    @Test
    void vectorG27() throws Exception {
        long logs = agent.registers(OWN + "query_app_logs");
        CompletableFuture<Answer> answer =
                asks("query_app_logs", List.of(Map.of("containerName", "prod_7_hello", "tail", 2, "since", "30m")));
        JsonNode invocation = isCalled(logs, "[{'containerName':'prod_7_hello','tail':2,'since':'30m'}]");
        yields(
                invocation,
                ",[{'lines':['2026-01-01T00:00:01.000000000Z line 1','…'],'source':'docker','returned':2,"
                        + "'truncated':false,'device_time':'2026-01-01T00:10:00Z',"
                        + "'oldest_available':'2026-01-01T00:00:00Z'}]");
        assertThat(got(answer).args()).singleElement().satisfies(it -> assertThat(it)
                .hasToString("{lines=[2026-01-01T00:00:01.000000000Z line 1, …], source=docker, returned=2,"
                        + " truncated=false, device_time=2026-01-01T00:10:00Z,"
                        + " oldest_available=2026-01-01T00:00:00Z}"));
    }

    @Test
    void vectorG28() throws Exception {
        long shells = agent.registers(OWN + "init_device_terminal");
        long sizes = agent.registers(OWN + "term_resize.u1");
        long input = agent.subscribes(OWN + "term_write.u1");
        CompletableFuture<TerminalSession> opening =
                world.cloud.link().terminal(DEVICE, null, ANN).toFuture();
        JsonNode invocation = isCalled(shells, "[]");
        isFor(invocation, 11);
        yields(
                invocation,
                ",[{'sessionID':'u1','writeTopic':'re.mgmt.<S>.term_write.u1','dataTopic':'re.mgmt.<S>.data.u1',"
                        + "'resizeTopic':'re.mgmt.<S>.term_resize.u1'}]");
        TerminalSession shell = got(opening);
        assertThat(world.audited()).containsExactly(new TerminalOpened(DEVICE, null, shell.id()));
        CompletableFuture<List<String>> shown = shown(shell);

        got(shell.write("ls\r").toFuture());
        assertThat(agent.next()).matches("\\[36," + input + ",\\d+,\\{},\\[\"ls\\\\r\"]]");
        CompletableFuture<Void> sized = shell.resize(24, 80).toFuture();
        yields(isCalled(sizes, "[{'height':24,'width':80}]"), "");
        got(sized);

        // What is not acknowledged within 7 s ends the stream.
        publishes(91, "data.u1", "text");
        publishes(92, "data.u1", "TERMINAL_EOF");
        assertThat(got(shown)).containsExactly("text");
        got(shell.close().toFuture());
        assertThat(world.audited()).endsWith(new TerminalClosed(DEVICE, null, shell.id()));
    }

    @Test
    void vectorG29() throws Exception {
        long requests = agent.registers(OWN + "request_terminal_session");
        long starts = agent.registers(OWN + "start_terminal_session");
        long stops = agent.registers(OWN + "stop_terminal_session");
        long unregistered = agent.subscribes("wamp.registration.on_unregister");
        CompletableFuture<TerminalSession> opening =
                world.cloud.link().terminal(DEVICE, "prod_7_hello", ANN).toFuture();
        JsonNode request = isCalled(requests, "[{'containerName':'prod_7_hello'}]");
        isFor(request, 11);
        yields(
                request,
                ",[{'sessionID':'u2','writeTopic':'re.mgmt.<S>.term_write.prod_7_hello.u2',"
                        + "'dataTopic':'re.mgmt.<S>.term_data.prod_7_hello.u2',"
                        + "'resizeTopic':'re.mgmt.<S>.term_resize.prod_7_hello.u2'}]");
        JsonNode start = isCalled(starts, "[{'sessionID':'u2'}]");
        JsonNode lifeline = start.path(4).path(0).path("registrationID");
        assertThat(lifeline.isIntegralNumber()).isTrue();
        assertThat(lifeline.asLong(0)).isPositive();
        yields(start, "");
        TerminalSession shell = got(opening);
        CompletableFuture<List<String>> shown = shown(shell);
        publishes(91, "term_data.prod_7_hello.u2", "JCA=");
        publishes(92, "term_data.prod_7_hello.u2", "VEVSTUlOQUxfRU9G");
        assertThat(got(shown)).containsExactly("$ ");

        CompletableFuture<Void> closed = shell.close().toFuture();
        yields(isCalled(stops, "[{'sessionID':'u2'}]"), "");
        JsonNode event = agent.nextNode();
        assertThat(event.path(1).asLong(0)).isEqualTo(unregistered);
        Frames.says(event.path(4), "[" + VIEWERS_SESSION + "," + lifeline + "]");
        got(closed);
    }

    /** All that the shell writes until it ends. */
    private static CompletableFuture<List<String>> shown(TerminalSession shell) {
        return shell.output()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .collectList()
                .toFuture();
    }

    private void publishes(long request, String topic, String text) {
        agent.says(frame("[16," + request + ",{'acknowledge':true},'" + OWN + topic + "',['" + text + "']]"));
        assertThat(agent.next()).matches("\\[17," + request + ",\\d+]");
    }
}
