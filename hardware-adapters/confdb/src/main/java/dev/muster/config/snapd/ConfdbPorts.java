package dev.muster.config.snapd;

import dev.muster.config.Databags;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Registries;
import dev.muster.config.Seals;
import dev.muster.config.SecretsAudit;
import dev.muster.config.SnapSettingsBook;
import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.registry.Heartbeats;
import java.time.Clock;

/** Everything this adapter asks of the rest of the house. */
public record ConfdbPorts(
        Registries registries,
        Databags databags,
        SnapSettingsBook snapSettings,
        DeviceGroups devices,
        Seals seals,
        SecretsAudit audit,
        DeviceTokens deviceTokens,
        BearerTokens bearerTokens,
        Commands commands,
        Positions positions,
        Heartbeats heartbeats,
        Peers peers,
        Clock clock) {}
