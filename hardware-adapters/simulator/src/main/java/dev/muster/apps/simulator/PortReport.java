package dev.muster.apps.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Ports of an app as its device says them: each with the port of the machine that it is open at (contract D.9). */
final class PortReport {

    private static final int HOST_PORT_FIRST = 40_000;
    private static final int APPS_MAX = 1_000;
    private static final int PORTS_EACH = 8;

    private PortReport() {}

    /** Empty when there is nothing to tell. */
    static List<Map<String, Object>> of(AppRequest request) {
        List<Map<String, Object>> reported = new ArrayList<>();
        JsonNode rules = request.words().path("ports");
        if (request.isDev()) {
            return reported;
        }
        for (JsonNode rule : rules) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("name", rule.path("name").asString(""));
            all.put("port", rule.path("port").asInt(0));
            all.put("protocol", rule.path("protocol").asString("http"));
            all.put("main", rule.path("main").asBoolean(false));
            all.put("active", rule.path("active").asBoolean(false));
            all.put("public", rule.path("public").asBoolean(false));
            all.put("local_ip", rule.path("local_ip").asString(""));
            all.put("remote_port", rule.path("remote_port").asInt(0));
            all.put(
                    "remote_port_environment",
                    rule.path("remote_port_environment").asString(""));
            all.put("host_port", hostPort(request, rule, reported.size()));
            reported.add(all);
        }
        return reported;
    }

    /** The one that it had before, or one of its app's own. */
    private static int hostPort(AppRequest request, JsonNode rule, int number) {
        int before = rule.path("host_port").asInt(0);
        return before > 0 ? before : HOST_PORT_FIRST + (int) (request.app() % APPS_MAX) * PORTS_EACH + number;
    }

    /** Those of the container. A rule for another machine of the device's network publishes nothing. */
    static List<ContainerOrder.Published> published(AppRequest request) {
        List<ContainerOrder.Published> all = new ArrayList<>();
        int number = 0;
        for (JsonNode rule : request.words().path("ports")) {
            if (rule.path("local_ip").asString("").isEmpty()) {
                all.add(new ContainerOrder.Published(
                        hostPort(request, rule, number),
                        rule.path("port").asInt(0),
                        rule.path("protocol").asString("").equals("udp")));
            }
            number++;
        }
        return all;
    }
}
