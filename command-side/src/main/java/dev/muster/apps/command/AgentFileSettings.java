package dev.muster.apps.command;

import org.jspecify.annotations.Nullable;

/**
 * What agents' files say of this house.
 *
 * @param endpoint address of the router as devices reach it, {@code ws://} or {@code wss://} with its path; null for
 * the address at which whoever enrols the device reached this server
 * @param registry host of the registry of images, with a slash at its end
 * @param repository path of images in it, with a slash at its end
 * @param environment {@code production}, {@code test} or {@code local}: which updates agents take for themselves
 * @param applianceDomain where tunnels end, where that is not the endpoint's host with {@code app} in front; or null
 * @param updates where agents look for newer versions of themselves; null for where they look by themselves
 */
public record AgentFileSettings(
        @Nullable String endpoint,
        String registry,
        String repository,
        String environment,
        @Nullable String applianceDomain,
        @Nullable String updates) {

    /** For trying it out on one machine. */
    public static final AgentFileSettings DEFAULTS =
            new AgentFileSettings(null, "localhost:5000/", "apps/", "local", null, null);

    public AgentFileSettings {
        if (!registry.endsWith("/") || !repository.endsWith("/")) {
            throw new IllegalArgumentException("muster.apps.registry and muster.apps.repository end with a slash");
        }
        if (endpoint != null && !endpoint.startsWith("ws://") && !endpoint.startsWith("wss://")) {
            throw new IllegalArgumentException("muster.apps.endpoint begins with ws:// or wss://");
        }
    }
}
