package dev.muster.config;

import dev.muster.registry.DeviceId;

/**
 * An agent of the configuration server: a device that registered itself and polls for the target that all share.
 *
 * @param registered seconds since the epoch, as the agent was told
 * @param ipAddress as it told; any text
 * @param publicKey as it told; any text
 * @param arch as it told; any text
 * @param config what it last said it has: a JSON object, as it was written
 * @param version counts what happened to it, from 1; a poll that changes nothing does not count
 */
public record Agent(
        DeviceId deviceId,
        long registered,
        String ipAddress,
        String publicKey,
        String arch,
        String config,
        long version) {}
