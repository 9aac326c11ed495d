package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.Catalogue;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.RolloutCommand.JoinMembers;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.RolloutMemberships.OpenRollout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dynamic rollouts: when a device changes, only that device is looked at; when a rollout starts, the whole fleet is,
 * for whoever came while it was waiting. Those that match and are no members join, many with one command.
 *
 * <p>Nobody joins twice: before anything is decided the node has read all that is durable, so what an earlier run of
 * the same batch ordered is known.
 */
public final class WhenDeviceMatchesLetItJoin implements Policy {

    private static final Logger LOG = LoggerFactory.getLogger(WhenDeviceMatchesLetItJoin.class);
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout-joining");

    private final Commands commands;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final RolloutMemberships rollouts;
    private final Positions positions;

    public WhenDeviceMatchesLetItJoin(
            Commands commands, Fleet fleet, Catalogue catalogue, RolloutMemberships rollouts, Positions positions) {
        this.commands = commands;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.rollouts = rollouts;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-matches-let-it-join";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        Set<DeviceId> changed = new LinkedHashSet<>();
        Set<RolloutId> started = new LinkedHashSet<>();
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case DeviceDecommissioned ignored -> {}
                case DeviceEvent e -> changed.add(e.deviceId());
                case DeviceLetGo e -> changed.add(e.deviceId());
                case ActionFinished e -> changed.add(e.deviceId());
                case InstalledDeclared e -> changed.add(e.deviceId());
                case RolloutStarted e -> started.add(e.rolloutId());
                default -> {}
            }
        }
        // A rollout that this has not heard to start looks at everybody when it does.
        if (started.isEmpty() && (changed.isEmpty() || rollouts.open().stream().noneMatch(OpenRollout::joining))) {
            return;
        }
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        for (OpenRollout each : rollouts.open()) {
            Catalogue.Release release =
                    each.joining() ? catalogue.find(each.plan().release().id()) : null;
            if (release != null && release.usable()) {
                letJoin(each, release, started.contains(each.id()) ? null : changed);
            }
        }
    }

    /**
     * One rollout that cannot be joined, as its filter cannot be read any more, holds up no other.
     *
     * @param changed null to look at everybody
     */
    private void letJoin(OpenRollout rollout, Catalogue.Release release, @Nullable Set<DeviceId> changed) {
        try {
            join(rollout.id(), changed == null ? among(rollout, release) : among(rollout, release, changed));
        } catch (Refused e) {
            if (e.refusal().kind() == Refusal.Kind.UNAVAILABLE) {
                throw e;
            }
            LOG.warn("nobody can join rollout {}", rollout.id(), e);
        }
    }

    private List<DeviceId> among(OpenRollout rollout, Catalogue.Release release) {
        return fleet.membership(release, rollout.plan().filter()).members().stream()
                .filter(id -> !rollouts.contains(rollout.id(), id))
                .filter(id -> isFree(fleet.find(id)))
                .toList();
    }

    private List<DeviceId> among(OpenRollout rollout, Catalogue.Release release, Set<DeviceId> changed) {
        Predicate<DeviceId> hits = fleet.hits(rollout.plan().filter());
        List<DeviceId> joining = new ArrayList<>();
        for (DeviceId id : changed) {
            // Nearly all end here, and cost next to nothing.
            if (rollouts.contains(rollout.id(), id) || !hits.test(id)) {
                continue;
            }
            DeviceView device = fleet.find(id);
            if (device != null && isFree(device) && release.fits(device.hardware())) {
                joining.add(id);
            }
        }
        return joining;
    }

    /** One that is held back joins when it is let go. */
    private static boolean isFree(@Nullable DeviceView device) {
        return device != null && device.heldBack() == null;
    }

    private void join(RolloutId rollout, List<DeviceId> devices) {
        for (int at = 0; at < devices.size(); at += Group.CHUNK_MAX) {
            List<DeviceId> part = List.copyOf(devices.subList(at, Math.min(devices.size(), at + Group.CHUNK_MAX)));
            Await.done(commands.send(new JoinMembers(rollout, part), SYSTEM));
        }
    }
}
