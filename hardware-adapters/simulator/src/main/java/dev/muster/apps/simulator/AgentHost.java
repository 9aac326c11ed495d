package dev.muster.apps.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** What apps need of their simulated device: the line to the cloud, where there is one, and tunnels. */
final class AgentHost implements LocalApp.Host {

    private static final String REPORT = "reswarm.containers.update_app_on_device";

    private final SimulatedAgent agent;
    private final AgentPlant plant;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, Object>> tunnels = new ConcurrentHashMap<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();

    AgentHost(SimulatedAgent agent, AgentPlant plant) {
        this.agent = agent;
        this.plant = plant;
    }

    @Override
    public void report(LocalApp app, String state, String updateStatus) throws AgentFault, InterruptedException {
        AppRequest it = app.wanted();
        reports.add(it.name() + " " + state + (updateStatus.isEmpty() ? "" : " " + updateStatus));
        AgentSession open = agent.open();
        if (open == null) {
            // It is told again after the reconnect.
            return;
        }
        Map<String, Object> all = open.identity();
        all.put("app_key", it.app());
        all.put("stage", it.stage());
        all.put("state", state);
        all.put("device_to_app_key", 0);
        all.put("requestor_account_key", it.requestor());
        all.put("release_key", app.release());
        all.put("request_update", false);
        all.put("release_build", false);
        all.put("updateStatus", updateStatus);
        open.wire.call(REPORT, List.of(all), Map.of(), null);
    }

    @Override
    public void reportPorts(LocalApp app, List<Map<String, Object>> rules) throws AgentFault, InterruptedException {
        AgentSession open = agent.open();
        if (open == null) {
            return;
        }
        for (Map<String, Object> rule : rules) {
            expose(open, app, rule);
        }
        Map<String, Object> all = open.identity();
        all.remove("serial_number");
        all.put("app_key", app.wanted().app());
        all.put("stage", app.wanted().stage());
        all.put("ports", rules.stream().map(AgentHost::written).toList());
        open.wire.call(REPORT, List.of(all), Map.of(), null);
        open.wire.publish("re.mgmt." + agent.file().serial() + ".tunnel_state_update/onreload", tunnels(), false);
    }

    /** Numbers as the real one writes them here, which has read them from JSON itself: with a fraction of zero. */
    private static Map<String, Object> written(Map<String, Object> rule) {
        Map<String, Object> all = new LinkedHashMap<>(rule);
        all.replaceAll((name, value) -> value instanceof Integer number ? (Object) number.doubleValue() : value);
        return all;
    }

    private void expose(AgentSession open, LocalApp app, Map<String, Object> rule)
            throws AgentFault, InterruptedException {
        String protocol = String.valueOf(rule.get("protocol"));
        int port = rule.get("port") instanceof Integer number ? number : 0;
        int remote = rule.get("remote_port") instanceof Integer number ? number : 0;
        String name = agent.file().key() + "-" + app.wanted().name() + "-" + port + "-" + protocol;
        if (!Boolean.TRUE.equals(rule.get("active"))) {
            tunnels.remove(name);
            return;
        }
        if (protocol.equals("tcp") || protocol.equals("udp")) {
            JsonNode answer = open.wire.call(
                    "re.tunnel.expose_port", List.of(Map.of("port", remote, "protocol", protocol)), Map.of(), null);
            remote = answer.path(3).path(0).path("remote_port").asInt(0);
            rule.put("remote_port", remote);
        }
        tunnels.put(
                name,
                Map.of(
                        "status",
                        Map.of("name", name, "status", "running", "remotePort", remote),
                        "app_name",
                        app.wanted().name(),
                        "port",
                        port,
                        "active",
                        true,
                        "error",
                        false,
                        "error_message",
                        "",
                        "url",
                        protocol + "://" + name));
    }

    @Override
    public RegistryLogin token(AppRequest request) throws AgentFault, InterruptedException {
        AgentSession open = agent.open();
        if (open == null) {
            throw AgentFault.wire("offline");
        }
        JsonNode answer = open.wire.call(
                "reswarm.containers.get_registry_token",
                List.of(Map.of("callerID", request.requestor())),
                Map.of(),
                null);
        String token = answer.path(3).path(0).asString("");
        agent.noted("token " + token);
        DeviceFile file = agent.file();
        return new RegistryLogin(file.registryHost(), token, file.secret());
    }

    @Override
    public String image(AppRequest request, String version) {
        return request.image(agent.file(), agent.settings().architecture(), version);
    }

    @Override
    public Map<String, String> environment(AppRequest request) {
        return AppEnvironment.of(request, agent.file());
    }

    @Override
    public ContainerEngine.Listener listener(LocalApp app) {
        return new ContainerEngine.Listener() {
            @Override
            public void wrote(String lines) {
                agent.prints(app.wanted().container(), lines);
            }

            @Override
            public void ended(String how) {
                says(app, how);
                app.exits();
            }
        };
    }

    @Override
    public void says(LocalApp app, String text) {
        agent.publish(app.wanted().container(), Map.of("type", "build", "chunk", text));
    }

    @Override
    public boolean fails(LocalApp app) {
        return failing.contains(app.wanted().name());
    }

    void fails(String app, boolean does) {
        if (does) {
            failing.add(app);
        } else {
            failing.remove(app);
        }
    }

    @Override
    public void run(Runnable task) {
        plant.run(task);
    }

    List<Map<String, Object>> tunnels() {
        return List.copyOf(tunnels.values());
    }

    List<String> reports() {
        return List.copyOf(reports);
    }
}
