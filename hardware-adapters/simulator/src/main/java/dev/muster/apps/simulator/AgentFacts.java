package dev.muster.apps.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** What simulated agents say of the machine that they are not on. */
final class AgentFacts {

    static final String VERSION = "0.20.20";

    private AgentFacts() {}

    static Map<String, Object> stats() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("cpu_count", 4);
        all.put("cpu_usage", 3.5);
        all.put("memory_total", 8_000_000_000L);
        all.put("memory_used", 2_000_000_000L);
        all.put("memory_available", 6_000_000_000L);
        all.put("storage_total", 64_000_000_000L);
        all.put("storage_used", 1_000_000_000L);
        all.put("storage_free", 63_000_000_000L);
        all.put("docker_apps_total", 0);
        all.put("docker_apps_used", 0);
        all.put("docker_apps_free", 0);
        all.put("docker_apps_mounted", false);
        return all;
    }

    static Map<String, Object> metadata(DeviceFile file, AgentSettings settings) {
        return Map.of(
                "os",
                "linux",
                "arch",
                settings.architecture(),
                "variant",
                "",
                "version",
                VERSION,
                "serialNumber",
                file.serial(),
                "canUpdate",
                false,
                "OSVersion",
                "12.5");
    }

    static Map<String, Object> system(DeviceFile file, AgentSettings settings) {
        return Map.of(
                "swarm_key", file.project(),
                "device_key", file.key(),
                "architecture", settings.architecture(),
                "os", "linux debian 12.5 6.1.0",
                "arch", settings.architecture(),
                "variant", "",
                "agent_version", VERSION);
    }
}
