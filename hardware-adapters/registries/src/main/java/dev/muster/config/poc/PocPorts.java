package dev.muster.config.poc;

import dev.muster.config.Agents;
import dev.muster.config.ConfigTarget;
import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.registry.Heartbeats;
import java.time.Clock;

/** Everything this adapter asks of the rest of the house. */
public record PocPorts(
        Agents agents,
        ConfigTarget target,
        Commands commands,
        Positions positions,
        Heartbeats heartbeats,
        BearerTokens tokens,
        Peers peers,
        Clock clock) {}
