package dev.muster.config.follow;

import dev.muster.config.DeviceGroups;
import dev.muster.config.Registries;
import dev.muster.config.Seals;
import dev.muster.config.SecretsAudit;
import dev.muster.config.Wishes;
import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.registry.Heartbeats;
import java.time.Clock;

/** Everything this adapter asks of the rest of the house. */
public record FollowPorts(
        Registries registries,
        Wishes wishes,
        DeviceGroups devices,
        Seals seals,
        SecretsAudit audit,
        DeviceTokens deviceTokens,
        BearerTokens bearerTokens,
        Commands commands,
        Heartbeats heartbeats,
        Peers peers,
        Clock clock) {}
