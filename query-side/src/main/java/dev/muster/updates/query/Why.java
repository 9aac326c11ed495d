package dev.muster.updates.query;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.registry.query.Offload;
import dev.muster.updates.ActionView;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.DeviceView;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.State;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Gathers what decides for a device, and has it reasoned about. */
public final class Why {

    /** Rollouts that are looked at for one device, the newest first. */
    private static final int ROLLOUTS_MAX = 100;

    private static final int ROLLOUTS_AT_ONCE = 2;
    private static final Set<State> OVER = Set.of(State.FINISHED, State.STOPPED, State.APPROVAL_DENIED);

    private final FleetIndex fleet;
    private final Catalogue catalogue;
    private final StandingAssignments standing;
    private final CurrentSettings settings;
    private final RolloutViews rollouts;
    private final RolloutDevices devices;
    private final MongoActionViews actions;
    private final Offload offload;
    private final Clock clock;
    private final WhyReasoning reasoning;

    public Why(
            FleetIndex fleet,
            Catalogue catalogue,
            StandingAssignments standing,
            CurrentSettings settings,
            RolloutViews rollouts,
            RolloutDevices devices,
            MongoActionViews actions,
            MaintenanceWindows windows,
            Offload offload,
            Clock clock) {
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.standing = standing;
        this.settings = settings;
        this.rollouts = rollouts;
        this.devices = devices;
        this.actions = actions;
        this.offload = offload;
        this.clock = clock;
        this.reasoning = new WhyReasoning(windows);
    }

    /** Fails with {@link RegistryRefusal#DEVICE_UNKNOWN}. */
    public Mono<WhyAnswer> answer(DeviceId id) {
        return Mono.fromSupplier(() -> device(id)).flatMap(device -> Mono.zip(open(id), parts(device))
                .flatMap(both -> offload.ask(() -> reasoning.answer(new WhyCase(
                        device,
                        both.getT1(),
                        both.getT2(),
                        standing.all().stream().map(each -> rule(each, device)).toList(),
                        settings.get(),
                        clock.instant())))));
    }

    private DeviceView device(DeviceId id) {
        DeviceView device = fleet.find(id);
        if (device == null) {
            throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device " + id + ".");
        }
        return device;
    }

    private Mono<List<ActionView>> open(DeviceId id) {
        return actions.find(id, fleet.openActions(id)).collectSortedList(WhyCase.SERVED_FIRST);
    }

    /** The rollouts that are not over, and of the others those that gave the device something. */
    private Mono<List<WhyCase.Part>> parts(DeviceView device) {
        return rollouts.all(null)
                .filter(rollout -> !OVER.contains(rollout.state()) || tookPart(rollout, device.id()))
                .take(ROLLOUTS_MAX)
                .flatMapSequential(rollout -> part(rollout, device), ROLLOUTS_AT_ONCE)
                .collectList();
    }

    private boolean tookPart(RolloutView rollout, DeviceId id) {
        FleetIndex.Member member = fleet.member(id, rollout.id());
        return member != null && member.action() != null;
    }

    private Mono<WhyCase.Part> part(RolloutView rollout, DeviceView device) {
        FleetIndex.Member member = fleet.member(device.id(), rollout.id());
        MemberStatus status = member == null ? null : member.status();
        return devices.groupOf(rollout, device.id())
                .map(group -> part(rollout, device, group, status))
                .switchIfEmpty(Mono.fromSupplier(() -> part(rollout, device, null, null)));
    }

    private WhyCase.Part part(
            RolloutView rollout, DeviceView device, @Nullable Integer group, @Nullable MemberStatus status) {
        Catalogue.Release release = catalogue.find(rollout.plan().release().id());
        boolean fits = release == null || release.fits(device.hardware());
        return new WhyCase.Part(
                rollout, group, status, misses(device.id(), rollout.plan().filter()), fits);
    }

    private WhyCase.Rule rule(StandingAssignment assignment, DeviceView device) {
        return new WhyCase.Rule(assignment, misses(device.id(), assignment.filter()), gives(assignment, device));
    }

    private @Nullable ReleaseRef gives(StandingAssignment assignment, DeviceView device) {
        ReleaseRef given = assignment.release();
        Catalogue.Release release = given == null
                ? catalogue.latest(assignment.releaseName(), device.hardware())
                : catalogue.find(given.id());
        return release != null && release.usable() && release.fits(device.hardware()) ? release.ref() : null;
    }

    /** Null when the filter cannot be read, or the device just left. */
    private @Nullable List<FilterMiss> misses(DeviceId id, String filter) {
        try {
            return fleet.misses(id, filter);
        } catch (Refused broken) {
            return null;
        }
    }
}
