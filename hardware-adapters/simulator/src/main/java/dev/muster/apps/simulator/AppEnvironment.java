package dev.muster.apps.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an app finds in its environment (contract D.10): who the device is, and its parameters. */
final class AppEnvironment {

    /** Larger ones are given as files alone, which are not simulated. */
    private static final int VALUE_MAX = 20 * 1024;

    private AppEnvironment() {}

    static Map<String, String> of(AppRequest request, DeviceFile file) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("DEVICE_SERIAL_NUMBER", file.serial());
        all.put("DEVICE_KEY", Long.toString(file.key()));
        all.put("DEVICE_NAME", file.name());
        all.put("SWARM_KEY", Long.toString(file.project()));
        all.put("DEVICE_ENDPOINT_URL", file.endpoint());
        all.put("ENV", request.stage());
        all.put("APP_KEY", Long.toString(request.app()));
        all.put("APP_NAME", request.name());
        request.words().path("environment_template").forEachEntry((name, entry) -> {
            if (entry.hasNonNull("defaultValue")) {
                put(all, name, entry.path("defaultValue"));
            }
        });
        if (!request.isDev()) {
            request.words().path("environment").forEachEntry((name, entry) -> put(all, name, entry.path("value")));
        }
        return all;
    }

    private static void put(Map<String, String> all, String name, JsonNode value) {
        String text = value.isString() ? value.asString() : value.isNull() ? "" : value.toString();
        if (text.length() <= VALUE_MAX && !name.startsWith("APP_AUTH_")) {
            all.put(name, text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"));
        }
    }
}
