package dev.muster.updates.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** How an operator brings software out to the simulated fleet: upload, plan, start, look how far it is. */
final class RolloutDesk {

    /** All simulated devices. */
    static final String FLEET = "id==robot-*";

    private final OperatorWire operator;
    private final Pace pace;
    private final Duration lookEvery;
    private final Duration waitMax;

    /**
     * @param lookEvery pause between two looks at what is waited for
     * @param waitMax after which waiting is given up
     */
    RolloutDesk(OperatorWire operator, Pace pace, Duration lookEvery, Duration waitMax) {
        this.operator = operator;
        this.pace = pace;
        this.lookEvery = lookEvery;
        this.waitMax = waitMax;
    }

    /** Uploads a bundle of this version; answers the release's id. */
    String upload(String version, String about) throws WireFault, InterruptedException {
        byte[] bundle = DemoBundle.of(version, "Robot OS " + version + ": " + about);
        JsonNode release = operator.upload(
                "/api/v1/releases:upload?filename=robot-os-%s.swu&name=robot-os&version=%s&type=os"
                        .formatted(version, version),
                bundle);
        return release.path("id").asString("");
    }

    /** Plans a rollout over the whole simulated fleet and starts it; answers its path. */
    String start(String name, String release, List<Map<String, ?>> groups) throws WireFault, InterruptedException {
        JsonNode created = operator.post(
                "/api/v1/rollouts", Map.of("name", name, "releaseId", release, "filter", FLEET, "groups", groups));
        String path = "/api/v1/rollouts/" + created.path("id").asString("");
        until(path, rollout -> rollout.path("state").asString("").equals("ready"));
        operator.post(path + "/start", Map.of());
        return path;
    }

    /** Waits until a rollout comes to a stop by itself; answers its state then. */
    String end(String path) throws WireFault, InterruptedException {
        JsonNode ended = until(path, rollout -> switch (rollout.path("state").asString("")) {
            case "paused", "stopped", "finished" -> true;
            default -> false;
        });
        return ended.path("state").asString("");
    }

    JsonNode until(String path, Predicate<JsonNode> wished) throws WireFault, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            JsonNode now = operator.get(path);
            if (wished.test(now)) {
                return now;
            }
            if (System.nanoTime() - began > waitMax.toNanos()) {
                throw new WireFault(0, "waited in vain at " + path);
            }
            pace.pause(lookEvery);
        }
    }

    static Map<String, ?> group(String name, int percent) {
        return Map.of("name", name, "percent", percent, "successPercent", 80, "errorPercent", 20);
    }
}
