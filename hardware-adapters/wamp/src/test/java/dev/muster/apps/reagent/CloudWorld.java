package dev.muster.apps.reagent;

import dev.muster.apps.AgentAuditEvent;
import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentStatus;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppCatalogue.Release;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppOrder;
import dev.muster.apps.AppOrderWire;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.Place;
import dev.muster.apps.PortRule;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.ReportedApp;
import dev.muster.apps.WantedApp;
import dev.muster.identity.Caller;
import dev.muster.registry.DeviceId;
import dev.muster.testing.HandClock;
import dev.muster.wamp.AgentWire;
import dev.muster.wamp.LiveRouter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The contract's own example, with the cloud of agents at a router and nothing of the house behind it: project 2,
 * device 3, account 11, app 7, session 4711. What the house would know is in {@link CloudMemory}.
 */
final class CloudWorld implements AutoCloseable {

    static final Duration WAIT = Duration.ofSeconds(20);
    static final String SERIAL = "c6aa09d3-3dbd-4830-a230-bf75cdd7f149";
    static final String SECRET = "3q2+7wAAAAAAAAAAAAAAAA==";
    static final DeviceId DEVICE = new DeviceId("device-b");
    static final AppKey HELLO = new AppKey(7);
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final long SYSTEM_SESSION = 77;
    static final long AGENT_SESSION = 4711;
    static final Caller ANN = new Caller(Caller.Kind.USER, "ann", "Ann", Set.of(), Map.of());

    static final ReagentSettings SETTINGS = ReagentSettings.DEFAULTS.with(30_022, 30_040);

    static final PortRule WEB = new PortRule("web", 8080, PortRule.Protocol.HTTP, true, false, false, "", 0, "", null);
    static final AppFace FACE = new AppFace(
            "says hello",
            "{\"LEVEL\":{\"label\":\"Level\",\"type\":\"text\",\"defaultValue\":\"info\"}}",
            List.of(WEB),
            null);

    final CloudMemory memory = new CloudMemory();
    final LiveRouter router;
    final ReagentCloud cloud;

    private CloudWorld(Path folder, ReagentSettings settings) {
        HandClock clock = HandClock.at(NOW);
        memory.agents.put(DEVICE, agentOf(2));
        router =
                new LiveRouter(new AgentAuthenticator(memory.appAgents(), memory.secrets()), new DeviceRights(), clock);
        router.numbersFrom(SYSTEM_SESSION);
        cloud = new ReagentCloud(
                router.router(), memory.ports(clock), settings, RegistryKey.in(folder.resolve("key")), "/wamp");
        router.numbersFrom(AGENT_SESSION);
    }

    static CloudWorld start(Path folder) {
        return start(folder, SETTINGS);
    }

    static CloudWorld start(Path folder, ReagentSettings settings) {
        CloudWorld world = new CloudWorld(folder, settings);
        world.cloud.begin();
        return world;
    }

    /** A server that has not read its history: nobody is answered by it yet. */
    static CloudWorld unready(Path folder) {
        return new CloudWorld(folder, SETTINGS);
    }

    /** An agent that is signed in, and known to be here. */
    AgentWire agent() {
        AgentWire wire = router.connect().signsIn("2-3", SECRET);
        until(() -> cloud.link().isOnline(DEVICE));
        return wire;
    }

    static void until(Callable<Boolean> holds) {
        Awaitility.await().atMost(WAIT).pollInterval(Duration.ofMillis(10)).until(holds);
    }

    static AppAgent agentOf(long project) {
        return new AppAgent(
                DEVICE,
                new ProjectKey(project),
                new AgentKey(3),
                SERIAL,
                "s",
                11,
                AgentStatus.NEVER_SEEN,
                0,
                false,
                AgentSystem.UNKNOWN,
                NOW,
                NOW,
                1);
    }

    static Release release(long key, String version, @Nullable String compose) {
        return new Release(new ReleaseKey(key), version, Set.of(), compose, "", true, null, NOW);
    }

    /** App 7 is this from now on. */
    void offers(AppFace face, Release... releases) {
        memory.app = new App(HELLO, new AppName("hello"), face, List.of(releases), NOW, 1, false);
    }

    /** As the agent reported it last. */
    static ReportedApp reported(AppState state, long release) {
        return new ReportedApp(
                AppStage.PROD, state, new ReleaseKey(release), AppUpdateStatus.NONE, NOW, 0, List.of(), null, 1);
    }

    /** Somebody wants it so; those who are here are told. */
    void wants(AppTarget target, ReportedApp reported) {
        wants(target, Map.of(), reported);
    }

    /** @param environment parameter → JSON text */
    void wants(AppTarget target, Map<String, String> environment, ReportedApp reported) {
        String own = Place.device(DEVICE).toString();
        TreeMap<String, WantedApp.Value> values = new TreeMap<>();
        environment.forEach((name, json) -> values.put(name, new WantedApp.Value(json, null, Place.device(DEVICE))));
        WantedApp wanted = new WantedApp(target, own, null, own, values, List.of(), 11);
        App app = memory.app();
        AppAgent agent = agentOf(2);
        memory.installed = List.of(new Installation(
                DEVICE,
                app,
                wanted,
                reported,
                AppOrder.release(app, wanted, reported, agent),
                AppOrder.of(app, wanted, reported, agent)));
        memory.changed();
    }

    /** Does something, and waits until the house has looked at what it means for the device. */
    void looksAt(Runnable change) {
        int before = memory.looks.get();
        change.run();
        until(() -> memory.looks.get() > before);
    }

    /** What an order is in the agent's words, where nothing is sealed. */
    static Map<String, Object> words(AppOrder order) {
        return AppOrderWire.of(order, parameter -> parameter.value().clear());
    }

    /** Waits for as many commands as these, and answers all there are. */
    List<Object> commands(int count) {
        until(() -> memory.commands.size() >= count);
        return List.copyOf(memory.commands);
    }

    /** What was noted of shells and calls. */
    List<AgentAuditEvent> audited() {
        return List.copyOf(memory.audited);
    }

    @Override
    public void close() throws Exception {
        cloud.close();
        router.close();
    }
}
