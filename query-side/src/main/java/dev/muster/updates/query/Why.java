package dev.muster.updates.query;

import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.registry.query.Offload;
import dev.muster.updates.ActionView;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.DeviceView;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Gathers what decides for a device, and has it reasoned about. */
public final class Why {

    private final FleetIndex fleet;
    private final Catalogue catalogue;
    private final StandingAssignments standing;
    private final CurrentSettings settings;
    private final RolloutCases rollouts;
    private final ModeCases modes;
    private final MongoActionViews actions;
    private final Offload offload;
    private final Clock clock;
    private final WhyReasoning reasoning;

    public Why(
            FleetIndex fleet,
            Catalogue catalogue,
            StandingAssignments standing,
            CurrentSettings settings,
            RolloutCases rollouts,
            ModeCases modes,
            MongoActionViews actions,
            MaintenanceWindows windows,
            Offload offload,
            Clock clock) {
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.standing = standing;
        this.settings = settings;
        this.rollouts = rollouts;
        this.modes = modes;
        this.actions = actions;
        this.offload = offload;
        this.clock = clock;
        this.reasoning = new WhyReasoning(windows);
    }

    /** Fails with {@link RegistryRefusal#DEVICE_UNKNOWN}. */
    public Mono<WhyAnswer> answer(DeviceId id) {
        return Mono.fromSupplier(() -> device(id))
                .flatMap(device -> Mono.zip(open(id), rollouts.of(device).collectList())
                        .flatMap(both -> offload.ask(() -> {
                            Instant now = clock.instant();
                            return reasoning.answer(new WhyCase(
                                    device,
                                    modes.of(id, now),
                                    both.getT1(),
                                    both.getT2(),
                                    standing.all().stream()
                                            .map(each -> rule(each, device))
                                            .toList(),
                                    settings.get(),
                                    now));
                        })));
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

    private WhyCase.Rule rule(StandingAssignment assignment, DeviceView device) {
        return new WhyCase.Rule(
                assignment, rollouts.misses(device.id(), assignment.filter()), gives(assignment, device));
    }

    private @Nullable ReleaseRef gives(StandingAssignment assignment, DeviceView device) {
        ReleaseRef given = assignment.release();
        Catalogue.Release release = given == null
                ? catalogue.latest(assignment.releaseName(), device.hardware())
                : catalogue.find(given.id());
        return release != null && release.usable() && release.fits(device.hardware()) ? release.ref() : null;
    }
}
