package dev.muster.apps.simulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an agent reads of the file that it is started with.
 *
 * @param endpoint address of the router
 * @param project number of the project, which the agent corrects when it learns of another
 */
public record DeviceFile(String endpoint, long project, long key, String serial, String secret, String name) {

    public static DeviceFile read(String json) {
        JsonNode file = JsonMapper.shared().readTree(json);
        return new DeviceFile(
                file.path("device_endpoint_url").asString(""),
                file.path("swarm_key").asLong(0),
                file.path("device_key").asLong(0),
                file.path("serial_number").asString(""),
                file.path("secret").asString(""),
                file.path("name").asString(""));
    }

    /** For a router somewhere else. */
    public DeviceFile at(String otherEndpoint) {
        return new DeviceFile(otherEndpoint, project, key, serial, secret, name);
    }

    DeviceFile in(long otherProject, String otherName) {
        return new DeviceFile(endpoint, otherProject, key, serial, secret, otherName);
    }

    String authid() {
        return project + "-" + key;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "DeviceFile[" + authid() + ", " + serial + "]";
    }
}
