package dev.muster.updates.query;

import dev.muster.registry.DeviceId;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.Followings;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.modes.Selection.Candidate;
import dev.muster.updates.modes.UpdateMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what a device's update mode gives it, from what its wire asks at every poll. All in memory. */
public final class ModeCases {

    private final Followings followings;
    private final Offers offers;

    public ModeCases(Followings followings, Offers offers) {
        this.followings = followings;
        this.offers = offers;
    }

    /** Null when the device just left. */
    WhyCase.@Nullable Mode of(DeviceId id, Instant now) {
        Following device = followings.find(id);
        if (device == null) {
            return null;
        }
        Selection selection = offers.selection();
        List<Candidate> candidates = device.mode() == UpdateMode.ROLLOUT ? selection.candidates(device) : List.of();
        return new WhyCase.Mode(
                device,
                selection.decide(device),
                candidates,
                device.mode() == UpdateMode.ASSIGNED ? selection.lackOfAssigned(device) : null,
                followings.actions(id).stream()
                        .map(each -> new WhyCase.Elsewhere(each, offers.held(each, now)))
                        .toList(),
                offers.due(device, now),
                offers.hasPlace(device),
                offers.runningMax());
    }
}
