package dev.muster.apps.command;

import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.Projects.Project;
import dev.muster.config.Json;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file that an agent is started with. Agents read broken files without a word and write empty ones over them, so it is
 * whole or it is not there. It holds the secret: it is shown once and kept nowhere.
 *
 * @param name of the file
 * @param content JSON
 */
public record AgentFile(String name, String content) {

    /**
     * @param agent as it is enrolled; its number and its serial number, project and secret go in
     * @param reached the router's address for whoever asks, where the settings say none
     */
    static AgentFile of(
            DeviceFacts device,
            Identity agent,
            Project project,
            String secret,
            AgentFileSettings settings,
            String reached) {
        String endpoint = settings.endpoint();
        TreeMap<String, Json> all = new TreeMap<>();
        all.put("name", Json.of(device.name()));
        all.put("secret", Json.of(secret));
        all.put("board", board());
        all.put("status", Json.of("DISCONNECTED"));
        all.put("password", Json.of(""));
        all.put("wlanssid", Json.of(""));
        all.put("swarm_key", Json.of(project.key().value()));
        all.put("device_key", Json.of(agent.key()));
        all.put("swarm_name", Json.of(project.name()));
        all.put("swarm_owner_name", Json.of(project.owner()));
        all.put("description", Json.of(""));
        all.put("architecture", Json.of(""));
        all.put("serial_number", Json.of(agent.serial()));
        all.put("authentication", authentication());
        all.put("config_passphrase", Json.of(""));
        all.put("device_endpoint_url", Json.of(endpoint == null ? reached : endpoint));
        all.put("environment", Json.of(settings.environment()));
        all.put("docker_registry_url", Json.of(settings.registry()));
        all.put("docker_main_repository", Json.of(settings.repository()));
        put(all, "appliance_domain", settings.applianceDomain());
        put(all, "update_url", settings.updates());
        return new AgentFile(fileName(device), new Json.Members(all).toString());
    }

    /** What tells one agent from another. */
    record Identity(long key, String serial) {

        static Identity of(AppAgent agent) {
            return new Identity(agent.key().value(), agent.serial());
        }
    }

    private static Json board() {
        TreeMap<String, Json> board = new TreeMap<>();
        for (String each : new String[] {"cpu", "board", "model", "boardname", "modelname", "architecture"}) {
            board.put(each, Json.of(""));
        }
        board.put("docs", Json.NULL);
        board.put("reflasher", Json.of(false));
        return new Json.Members(board);
    }

    private static Json authentication() {
        TreeMap<String, Json> empty = new TreeMap<>();
        empty.put("key", Json.of(""));
        empty.put("certificate", Json.of(""));
        return new Json.Members(empty);
    }

    private static void put(TreeMap<String, Json> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, Json.of(value));
        }
    }

    /** Only what no file system and no header stumbles over. */
    private static String fileName(DeviceFacts device) {
        String name = device.name().replaceAll("[^A-Za-z0-9._-]+", "-");
        return (name.isEmpty() ? "device" : name) + ".flock";
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AgentFile[" + name + "]";
    }
}
