package dev.muster.apps.reagent;

import dev.muster.apps.AgentAudit;
import dev.muster.apps.AgentPrivileges;
import dev.muster.apps.AgentReadings;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAccounts;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppOrders;
import dev.muster.apps.Installations;
import dev.muster.apps.Projects;
import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.Heartbeats;
import java.time.Clock;

/**
 * What the agents' cloud needs of the rest of the house.
 *
 * @param people who has an API token, to push images and pull them
 */
public record ReagentPorts(
        Commands commands,
        AppAgents agents,
        Projects projects,
        DeviceDirectory devices,
        Heartbeats heartbeats,
        AppCatalogue catalogue,
        Installations installations,
        AppOrders orders,
        AgentSecrets secrets,
        AppAccounts accounts,
        AgentPrivileges privileges,
        AgentReadings readings,
        AgentAudit audit,
        BearerTokens people,
        Clock clock) {}
