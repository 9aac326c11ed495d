package dev.muster.apps.query;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentStatus;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppAgentEvent.AgentDisconnected;
import dev.muster.apps.AppAgentEvent.AgentEnrolled;
import dev.muster.apps.AppAgentEvent.AgentMoved;
import dev.muster.apps.AppAgentEvent.AgentSecretRotated;
import dev.muster.apps.AppAgentEvent.AgentStatusChanged;
import dev.muster.apps.AppAgentEvent.AgentSystemReported;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppAgents;
import dev.muster.apps.ProjectKey;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Agents that may sign in, folded from the log: found by device, by what they sign in as, and by serial number. */
public final class AppAgentIndex implements Fold, AppAgents {

    private final NavigableMap<DeviceId, AppAgent> agents = new ConcurrentSkipListMap<>();
    private final Map<AgentKey, DeviceId> keys = new ConcurrentHashMap<>();
    private final Map<String, DeviceId> serials = new ConcurrentHashMap<>();
    private final Map<ProjectKey, NavigableMap<DeviceId, Boolean>> projects = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "app-agents";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof AppAgentEvent event)) {
            return;
        }
        if (event instanceof AgentEnrolled e) {
            enrol(e, recorded);
            return;
        }
        AppAgent before = agents.get(event.device());
        if (before == null) {
            return;
        }
        switch (event) {
            case AgentEnrolled ignored -> {}
            case EnrolmentEnded ignored -> leave(before);
            case AgentMoved e -> {
                agents.put(e.device(), moved(before, e.project(), recorded));
                of(before.project()).remove(e.device());
                of(e.project()).put(e.device(), true);
            }
            case AgentSecretRotated e -> agents.put(e.device(), rotated(before, e.secretId(), recorded));
            case AgentStatusChanged e ->
                agents.put(
                        e.device(),
                        heard(before, e.status(), e.session(), e.tunnelCapable(), before.system(), recorded));
            case AgentDisconnected e ->
                agents.put(
                        e.device(),
                        heard(
                                before,
                                AgentStatus.DISCONNECTED,
                                before.session(),
                                before.tunnelCapable(),
                                before.system(),
                                recorded));
            case AgentSystemReported e ->
                agents.put(
                        e.device(),
                        heard(before, before.status(), before.session(), before.tunnelCapable(), e.system(), recorded));
        }
    }

    private void enrol(AgentEnrolled e, Recorded recorded) {
        keys.put(e.key(), e.device());
        serials.put(e.serial(), e.device());
        of(e.project()).put(e.device(), true);
        agents.put(
                e.device(),
                new AppAgent(
                        e.device(),
                        e.project(),
                        e.key(),
                        e.serial(),
                        e.secretId(),
                        e.account(),
                        AgentStatus.NEVER_SEEN,
                        0,
                        false,
                        AgentSystem.UNKNOWN,
                        recorded.at(),
                        recorded.at(),
                        recorded.sequence() + 1));
    }

    private void leave(AppAgent agent) {
        agents.remove(agent.device());
        keys.remove(agent.key());
        serials.remove(agent.serial());
        of(agent.project()).remove(agent.device());
    }

    private NavigableMap<DeviceId, Boolean> of(ProjectKey project) {
        return projects.computeIfAbsent(project, any -> new ConcurrentSkipListMap<>());
    }

    private static AppAgent moved(AppAgent agent, ProjectKey project, Recorded recorded) {
        return new AppAgent(
                agent.device(),
                project,
                agent.key(),
                agent.serial(),
                agent.secretId(),
                agent.account(),
                agent.status(),
                agent.session(),
                agent.tunnelCapable(),
                agent.system(),
                agent.enrolledAt(),
                agent.statusSince(),
                recorded.sequence() + 1);
    }

    private static AppAgent rotated(AppAgent agent, String secretId, Recorded recorded) {
        return new AppAgent(
                agent.device(),
                agent.project(),
                agent.key(),
                agent.serial(),
                secretId,
                agent.account(),
                agent.status(),
                agent.session(),
                agent.tunnelCapable(),
                agent.system(),
                agent.enrolledAt(),
                agent.statusSince(),
                recorded.sequence() + 1);
    }

    private static AppAgent heard(
            AppAgent agent,
            AgentStatus status,
            long session,
            boolean tunnelCapable,
            AgentSystem system,
            Recorded recorded) {
        Instant since = status == agent.status() ? agent.statusSince() : recorded.at();
        return new AppAgent(
                agent.device(),
                agent.project(),
                agent.key(),
                agent.serial(),
                agent.secretId(),
                agent.account(),
                status,
                session,
                tunnelCapable,
                system,
                agent.enrolledAt(),
                since,
                recorded.sequence() + 1);
    }

    @Override
    public @Nullable AppAgent find(DeviceId device) {
        return agents.get(device);
    }

    @Override
    public @Nullable AppAgent keyed(AgentKey key) {
        DeviceId device = keys.get(key);
        return device == null ? null : agents.get(device);
    }

    @Override
    public @Nullable AppAgent withSerial(String serial) {
        DeviceId device = serials.get(serial);
        return device == null ? null : agents.get(device);
    }

    @Override
    public Collection<AppAgent> all() {
        return Collections.unmodifiableCollection(agents.values());
    }

    @Override
    public Collection<AppAgent> in(ProjectKey project) {
        NavigableMap<DeviceId, Boolean> there = projects.get(project);
        return there == null
                ? java.util.List.of()
                : there.keySet().stream()
                        .<AppAgent>mapMulti((device, found) -> {
                            AppAgent agent = agents.get(device);
                            if (agent != null) {
                                found.accept(agent);
                            }
                        })
                        .toList();
    }
}
