package dev.muster.updates.query;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.Catalogue;
import dev.muster.updates.DeviceView;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.RolloutMemberships.OpenRollout;
import dev.muster.updates.RolloutView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gathers what rollouts have to do with a device. Which ones to read is known from memory. */
public final class RolloutCases {

    /** Rollouts that are looked at for one device, the newest first. */
    private static final int ROLLOUTS_MAX = 100;

    private static final int ROLLOUTS_AT_ONCE = 2;

    private final FleetIndex fleet;
    private final Catalogue catalogue;
    private final RolloutMemberships register;
    private final RolloutViews rollouts;
    private final RolloutDevices devices;

    public RolloutCases(
            FleetIndex fleet,
            Catalogue catalogue,
            RolloutMemberships register,
            RolloutViews rollouts,
            RolloutDevices devices) {
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.register = register;
        this.rollouts = rollouts;
        this.devices = devices;
    }

    /** The rollouts that are not over, and of the others those that gave the device something. */
    Flux<WhyCase.Part> of(DeviceView device) {
        Set<RolloutId> ids = new LinkedHashSet<>(fleet.rollouts(device.id()));
        register.open().reversed().stream()
                .limit(ROLLOUTS_MAX)
                .map(OpenRollout::id)
                .forEach(ids::add);
        return rollouts.find(ids)
                .take(ROLLOUTS_MAX)
                .flatMapSequential(rollout -> part(rollout, device), ROLLOUTS_AT_ONCE);
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

    /** Null when the filter cannot be read, or the device just left. */
    @Nullable
    List<FilterMiss> misses(DeviceId id, String filter) {
        try {
            return fleet.misses(id, filter);
        } catch (Refused broken) {
            return null;
        }
    }
}
