package dev.muster.apps.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a simulated agent can be asked (contract C.1): all of it is there, and most of it does nothing. */
final class AgentProcedures {

    private final SimulatedAgent agent;
    private final AgentSession session;

    AgentProcedures(SimulatedAgent agent, AgentSession session) {
        this.agent = agent;
        this.session = session;
    }

    Map<String, CallHandler> all() {
        Map<String, CallHandler> all = new LinkedHashMap<>();
        all.put(
                "device_handshake",
                (details, args, kwargs) -> new Yielded(
                        List.of(),
                        Map.of("utp", agent.now().toString(), "id", agent.file().serial())));
        all.put("request_app_state", (details, args, kwargs) -> {
            agent.apps().asked(AppRequest.of(kwargs));
            return Yielded.NOTHING;
        });
        all.put("write_data", guarded("DEVELOP", args -> {
            need(args.size() == 5, "write_data wants five arguments");
            return Yielded.NOTHING;
        }));
        all.put(
                "get_images",
                guarded("READ", args -> Yielded.of(Map.of("id", "sha256:1", "repoTags", List.of("hello")))));
        all.put("prune_images", guarded("MAINTAIN", args -> {
            need(args.path(0).isObject(), "panic: index out of range");
            return args.path(0).path("all").asBoolean(false) ? Yielded.of("pruned") : Yielded.NOTHING;
        }));
        all.put(
                "list_containers",
                guarded("READ", args -> Yielded.of(agent.apps().containers())));
        shells(all);
        logs(all);
        network(all);
        all.put("get_storage_data", guarded("READ", args -> Yielded.of(AgentFacts.stats())));
        all.put(
                "get_agent_metadata",
                guarded("READ", args -> Yielded.of(AgentFacts.metadata(agent.file(), agent.settings()))));
        all.put(
                "update_agent",
                guarded(
                        "MAINTAIN",
                        args -> Yielded.of(Map.of(
                                "CurrentVersion",
                                AgentFacts.VERSION,
                                "LatestVersion",
                                AgentFacts.VERSION,
                                "DidUpdate",
                                false))));
        for (String each : List.of("system_reboot", "system_shutdown", "system_restart_agent")) {
            all.put(each, guarded("MAINTAIN", args -> {
                agent.noted(each);
                return Yielded.NOTHING;
            }));
        }
        all.put("get_os_release", guarded("READ", args -> Yielded.NOTHING));
        all.put("download_os_update", guarded("MAINTAIN", args -> Yielded.NOTHING));
        all.put("install_os_update", guarded("MAINTAIN", args -> Yielded.NOTHING));
        all.put("get_tunnel_state", (details, args, kwargs) -> Yielded.of(agent.tunnels()));
        return all;
    }

    private void shells(Map<String, CallHandler> all) {
        all.put("request_terminal_session", guarded("DEVELOP", args -> {
            String container = args.path(0).path("containerName").asString("");
            need(!container.isEmpty(), "panic: index out of range");
            return session.shells().inContainer(container);
        }));
        all.put("start_terminal_session", guarded("DEVELOP", args -> session.shells()
                .start(args.path(0))));
        all.put("stop_terminal_session", guarded("DEVELOP", args -> session.shells()
                .stop(args.path(0))));
        all.put("init_device_terminal", (details, args, kwargs) -> session.shells()
                .ofDevice(details.path("caller_authid").asString("") + "/"
                        + kwargs.path("requestor_account_key").asString("")));
        all.put("execute_cmd", (details, args, kwargs) -> {
            JsonNode order = args.path(0);
            need(order.path("cmd").isString(), "panic: index out of range");
            agent.noted("execute_cmd " + order.path("cmd").asString());
            return order.path("blocking").asBoolean(false)
                    ? Yielded.of("ran " + order.path("cmd").asString() + "\n")
                    : Yielded.of(Map.of("pid", 4711));
        });
    }

    private void logs(Map<String, CallHandler> all) {
        all.put("get_app_log_history", guarded("READ", args -> {
            need(args.path(0).isObject(), "panic: index out of range");
            return Yielded.of(
                    agent.logbook().last(args.path(0).path("containerName").asString(""), 50));
        }));
        all.put("query_app_logs", guarded("READ", args -> {
            JsonNode question = args.path(0);
            List<String> lines = agent.logbook()
                    .last(
                            question.path("containerName").asString(""),
                            question.path("tail").asInt(200));
            return Yielded.of(Map.of(
                    "lines",
                    lines,
                    "source",
                    "docker",
                    "returned",
                    lines.size(),
                    "truncated",
                    false,
                    "device_time",
                    agent.now().toString()));
        }));
        all.put(
                "query_device_logs",
                guarded(
                        "READ",
                        args -> Yielded.of(Map.of(
                                "lines",
                                List.of(agent.now() + " INFO simulated"),
                                "returned",
                                1,
                                "truncated",
                                false,
                                "files_scanned",
                                1,
                                "device_time",
                                agent.now().toString()))));
    }

    private void network(Map<String, CallHandler> all) {
        all.put(
                "list_ethernet_devices",
                guarded(
                        "READ",
                        args -> Yielded.of(
                                Map.of("interfaceName", "eth0", "mac", "02:00:00:00:00:01", "method", "auto"))));
        all.put("update_ipv4_config", guarded("NETWORK", args -> Yielded.NOTHING));
        all.put("list_wifi_networks", guarded("READ", args -> Yielded.NOTHING));
        all.put("scan_wifi_networks", (details, args, kwargs) -> Yielded.NOTHING);
        all.put("add_wifi_configuration", guarded("NETWORK", args -> Yielded.NOTHING));
        all.put("remove_wifi_configuration", guarded("NETWORK", args -> Yielded.NOTHING));
        all.put("select_wifi_network", guarded("NETWORK", args -> Yielded.NOTHING));
        all.put("restart_wifi", guarded("NETWORK", args -> Yielded.NOTHING));
        all.put(
                "get_ipv4_addresses",
                (details, args, kwargs) -> Yielded.of(List.of(Map.of("interfaceName", "eth0", "ip", "192.0.2.7"))));
        all.put("get_network_metadata", (details, args, kwargs) -> Yielded.of("192.0.2.7/24"));
    }

    private interface Work {
        Yielded of(JsonNode args) throws AgentFault, InterruptedException;
    }

    /** As the real one judges callers: by what the router discloses, and by what the cloud says of the account. */
    private CallHandler guarded(String privilege, Work work) {
        return (details, args, kwargs) -> {
            String caller = details.path("caller_authid").asString("");
            JsonNode account = kwargs.path("requestor_account_key");
            boolean isFree = caller.equals("system") && (account.isMissingNode() || account.isNull());
            if (!isFree) {
                String key = caller.equals("system") ? account.asString("") : caller;
                need(key.matches("[0-9]+"), "the caller is nobody");
                need(session.may(privilege, Long.parseLong(key)), "insufficient privileges");
            }
            return work.of(args);
        };
    }

    private static void need(boolean holds, String otherwise) throws AgentFault {
        if (!holds) {
            throw new AgentFault("wamp.error.canceled", otherwise);
        }
    }
}
