package dev.muster.apps.simulator;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An order about an app, held to what the real agent's strict store takes (contract D.3): what it stumbles over is a
 * fault here too.
 *
 * @param current state that the cloud believes it to have
 * @param words all of it
 */
record AppRequest(
        long app,
        String name,
        String stage,
        String current,
        String target,
        long release,
        long newRelease,
        String presentVersion,
        String newestVersion,
        boolean update,
        boolean cancel,
        JsonNode words) {

    private static final Set<String> STATES = Set.of(
            "PRESENT",
            "REMOVED",
            "UNINSTALLED",
            "FAILED",
            "BUILDING",
            "BUILT",
            "TRANSFERED",
            "TRANSFERING",
            "PUBLISHING",
            "PUBLISHED",
            "DOWNLOADING",
            "STARTING",
            "STOPPING",
            "UPDATING",
            "DELETING",
            "RUNNING",
            "INHERIT");

    static AppRequest of(JsonNode words) throws AgentFault {
        JsonNode key = words.path("app_key");
        need(key.isIntegralNumber() && key.asLong(0) > 0, "app_key is not an unsigned number");
        need(!words.path("app_name").asString("").isEmpty(), "app_name is missing");
        String stage = words.path("stage").asString("");
        need(stage.equals("DEV") || stage.equals("PROD"), "stage is neither DEV nor PROD");
        String current =
                words.path("current_state").asString(words.path("state").asString(""));
        need(STATES.contains(current), "CHECK constraint failed: current_state");
        String asked = words.path("target_state").asString("");
        String target = asked.isEmpty() ? words.path("manually_requested_state").asString("") : asked;
        need(STATES.contains(target), "CHECK constraint failed: target_state");
        for (JsonNode value : words.path("environment")) {
            need(value.isObject() && value.has("value"), "environment is wedged");
        }
        for (JsonNode entry : words.path("environment_template")) {
            need(entry.isObject(), "environment_template is wedged");
        }
        JsonNode compose = words.path("docker_compose");
        need(compose.isMissingNode() || compose.isNull() || compose.has("services"), "docker_compose has no services");
        for (JsonNode rule : words.path("ports")) {
            need(rule.path("port").isIntegralNumber(), "a rule's port is not an unsigned number");
        }
        return new AppRequest(
                key.asLong(0),
                words.path("app_name").asString(""),
                stage,
                Step.settled(current),
                Step.settled(target),
                words.path("release_key").asLong(0),
                words.path("new_release_key").asLong(0),
                words.path("present_version").asString(""),
                words.path("newest_version").asString(""),
                words.path("request_update").asBoolean(false),
                words.path("cancel_transition").asBoolean(false),
                words);
    }

    private static void need(boolean holds, String otherwise) throws AgentFault {
        if (!holds) {
            throw new AgentFault("wamp.error.canceled", otherwise);
        }
    }

    boolean isDev() {
        return stage.equals("DEV");
    }

    String container() {
        return (stage + "_" + app + "_" + name).toLowerCase(Locale.ROOT);
    }

    /**
     * What the app's image is called (contract D.6).
     *
     * @param version none for the one that was made last
     */
    String image(DeviceFile file, String architecture, String version) {
        String path = stage + "_" + architecture + "_" + app + "_" + name;
        return file.images().registry()
                + file.images().repository()
                + path.toLowerCase(Locale.ROOT)
                + (version.isEmpty() || isDev() ? "" : ":" + version);
    }

    /** Whether it is several containers. */
    boolean isComposition() {
        return words.path("docker_compose").isObject();
    }

    long requestor() {
        long owner = words.path("device_owner_account_key").asLong(0);
        return !isDev() && owner > 0
                ? owner
                : words.path("requestor_account_key").asLong(0);
    }
}
