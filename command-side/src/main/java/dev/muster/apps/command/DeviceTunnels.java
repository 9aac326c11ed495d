package dev.muster.apps.command;

import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppOrder;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Installations;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.PortRule;
import dev.muster.apps.command.TunnelLine.State;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tunnels of a device as people see them: those that are asked for, beside what its agent says of them at this moment.
 * While it is away they are listed all the same, for they come back with it.
 */
public final class DeviceTunnels {

    private static final String STATES = "get_tunnel_state";

    private final AppAgents agents;
    private final Installations installations;
    private final AgentOperations operations;

    public DeviceTunnels(AppAgents agents, Installations installations, AgentOperations operations) {
        this.agents = agents;
        this.installations = installations;
        this.operations = operations;
    }

    /** By name of app and port; fails as calls to agents do, but for one that is away. */
    public Mono<List<TunnelLine>> of(DeviceId device) {
        return operations
                .ask(device, STATES, List.of())
                .map(answer -> Optional.of(SaidTunnels.in(answer.args())))
                .onErrorResume(
                        failure -> Refused.is(failure, AppsRefusal.AGENT_OFFLINE), away -> Mono.just(Optional.empty()))
                .flatMap(said -> Mono.fromCallable(() -> listed(device, said.orElse(null)))
                        .subscribeOn(Schedulers.boundedElastic()));
    }

    /** @param said null while nobody can be asked */
    private List<TunnelLine> listed(DeviceId device, @Nullable SaidTunnels said) {
        AppAgent agent = agents.needed(device);
        List<TunnelLine> lines = new ArrayList<>();
        for (Installation each : installations.of(device)) {
            AppOrder order = each.order();
            // Only of what runs, and never of what is built there: others have none.
            if (order != null && order.stage() == AppStage.PROD && order.target() == AppState.RUNNING) {
                for (PortRule rule : order.ports()) {
                    if (rule.active()) {
                        lines.add(line(agent, order, rule, said, each.reported().ports()));
                    }
                }
            }
        }
        if (said != null) {
            said.others().stream().map(DeviceTunnels::ending).forEach(lines::add);
        }
        lines.sort(TunnelLine.ORDER);
        return lines;
    }

    private static TunnelLine line(
            AppAgent agent, AppOrder order, PortRule rule, @Nullable SaidTunnels said, List<PortRule> published) {
        SaidTunnels.Tunnel told = said == null
                ? null
                : said.take(agent.key() + "-" + order.name() + "-" + rule.port() + "-"
                        + rule.protocol().wireName());
        int remote = told == null || told.remotePort() == 0 ? remotePort(rule, published) : told.remotePort();
        return new TunnelLine(
                order.name().value(),
                rule.name(),
                rule.port(),
                rule.protocol().wireName(),
                rule.isPublic(),
                state(agent, said, told),
                told == null ? null : told.url(),
                remote == 0 ? null : remote,
                told == null ? null : told.fault());
    }

    /** The one it had last, which it asks for again. */
    private static int remotePort(PortRule rule, List<PortRule> published) {
        return published.stream()
                .filter(rule::isSameAs)
                .mapToInt(PortRule::remotePort)
                .filter(port -> port > 0)
                .findFirst()
                .orElse(rule.remotePort());
    }

    private static State state(AppAgent agent, @Nullable SaidTunnels said, SaidTunnels.@Nullable Tunnel told) {
        if (said == null) {
            return State.AWAY;
        }
        if (told == null) {
            return agent.tunnelCapable() ? State.OPENING : State.UNABLE;
        }
        return told.state();
    }

    /** Nobody asks for it any more, and it is still there. */
    private static TunnelLine ending(SaidTunnels.Tunnel told) {
        return new TunnelLine(
                told.app(),
                "",
                told.port(),
                told.protocol(),
                false,
                State.CLOSING,
                told.url(),
                told.remotePort() == 0 ? null : told.remotePort(),
                told.fault());
    }
}
