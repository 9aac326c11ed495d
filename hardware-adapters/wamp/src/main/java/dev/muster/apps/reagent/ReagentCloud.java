package dev.muster.apps.reagent;

import dev.muster.apps.AgentLink;
import dev.muster.apps.reagent.CloudProcedures.Answering;
import dev.muster.kernel.Fold;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Router;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The cloud of agents at one router: answers what they ask, knows which are here, tells them what changes, and is the
 * line to them for everybody else in this house.
 *
 * <p>It has three sessions, so that one matter does not wait for another: calls to and from agents, who comes and goes,
 * and what people look at.
 */
public final class ReagentCloud implements AutoCloseable {

    /** Agents believe this one when it says on whose behalf it asks. */
    private static final String SYSTEM = "system";

    private static final Duration BEGIN_MAX = Duration.ofSeconds(30);

    private final LocalSession system;
    private final LocalSession watch;
    private final LocalSession viewers;
    private final AgentPresence presence;
    private final AgentPushes pushes;
    private final TunnelPorts tunnels;
    private final CloudProcedures procedures;
    private final Map<String, Answering> answerings = new LinkedHashMap<>();
    private final AgentLink link;
    private final Fold evictions;
    private final ReagentHttp http;

    /**
     * @param key that the registry of images believes
     * @param base path of the agents' wire, below which the rest is asked
     */
    public ReagentCloud(Router router, ReagentPorts ports, ReagentSettings settings, RegistryKey key, String base) {
        this.system = router.join(settings.realm(), SYSTEM, SYSTEM);
        this.watch = router.join(settings.realm(), SYSTEM, SYSTEM);
        this.viewers = router.join(settings.realm(), SYSTEM, SYSTEM);
        AgentCalls calls = new AgentCalls(system);
        RegistryTokens tokens = new RegistryTokens(ports, settings.registryLogin());
        this.presence = new AgentPresence(ports);
        AgentTerminals terminals = new AgentTerminals(ports, presence, viewers, calls, settings.callMax());
        this.pushes = new AgentPushes(ports, calls, settings.pushMax());
        this.tunnels = new TunnelPorts(ports, settings);
        this.procedures = new CloudProcedures(ports.agents(), settings.answerMax());
        // A flood of reports must not keep a device from saying how it is: to the agent a refusal there is the end.
        ReportPace reports = ReportPace.of(settings, ports.clock());
        ReportPace words = ReportPace.of(settings, ports.clock());
        answerings.putAll(new DeviceProcedures(ports, settings, presence, words).all());
        answerings.putAll(new AppProcedures(ports, pushes, tokens, tunnels, reports, words).all());
        answerings.putAll(tunnels.all());
        presence.onLeave(gone -> reports.forget(gone.device()));
        presence.onLeave(gone -> words.forget(gone.device()));
        presence.onLeave(pushes::forget);
        presence.onLeave(terminals::forget);
        this.link = new RouterAgentLink(
                ports,
                presence,
                calls,
                new AgentLogs(viewers, ports.agents()),
                terminals,
                new Patience(settings.callMax()));
        this.evictions = new AgentEvictions(router, settings.realm(), ports.agents(), presence, tunnels);
        this.http = new ReagentHttp(
                base,
                tokens,
                new RegistryGate(ports, settings, key),
                new TunnelGate(ports.agents(), ports.secrets(), tunnels));
    }

    public AgentLink link() {
        return link;
    }

    /** What it wants to hear of history. */
    public Fold evictions() {
        return evictions;
    }

    public ReagentHttp http() {
        return http;
    }

    /** Agents that are here. */
    public int online() {
        return presence.all().size();
    }

    /** Blocks until agents can be answered; nobody must be let in before, and history must have been read. */
    public void begin() {
        tunnels.begin();
        presence.begin(watch);
        pushes.begin();
        procedures.offer(system, answerings).block(BEGIN_MAX);
    }

    /** This server is about to send all agents away: that is no news of any of them. */
    public void leave() {
        presence.close();
    }

    /** What people look at ends; agents are answered no more. */
    @Override
    public void close() throws Exception {
        presence.close();
        pushes.close();
        viewers.close();
        watch.close();
        system.close();
    }
}
