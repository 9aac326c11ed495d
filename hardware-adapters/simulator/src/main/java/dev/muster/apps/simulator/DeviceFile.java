package dev.muster.apps.simulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an agent reads of the file that it is started with.
 *
 * @param endpoint address of the router
 * @param project number of the project, which the agent corrects when it learns of another
 * @param images where images of apps are: host of the registry and a path in it, with a slash at the end of each
 */
public record DeviceFile(
        String endpoint, long project, long key, String serial, String secret, String name, Images images) {

    /** The registry of images, such as {@code localhost:5000/}, and the path in it, such as {@code apps/}. */
    public record Images(String registry, String repository) {}

    public static DeviceFile read(String json) {
        JsonNode file = JsonMapper.shared().readTree(json);
        return new DeviceFile(
                file.path("device_endpoint_url").asString(""),
                file.path("swarm_key").asLong(0),
                file.path("device_key").asLong(0),
                file.path("serial_number").asString(""),
                file.path("secret").asString(""),
                file.path("name").asString(""),
                new Images(
                        file.path("docker_registry_url").asString(""),
                        file.path("docker_main_repository").asString("")));
    }

    /** For a router somewhere else. */
    public DeviceFile at(String otherEndpoint) {
        return new DeviceFile(otherEndpoint, project, key, serial, secret, name, images);
    }

    /** As another device's, or with a secret that is not its own. */
    public DeviceFile as(long otherKey, String otherSecret) {
        return new DeviceFile(endpoint, project, otherKey, serial, otherSecret, name, images);
    }

    DeviceFile in(long otherProject, String otherName) {
        return new DeviceFile(endpoint, otherProject, key, serial, secret, otherName, images);
    }

    /** The registry's host alone. */
    String registryHost() {
        return images.registry().endsWith("/")
                ? images.registry().substring(0, images.registry().length() - 1)
                : images.registry();
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
