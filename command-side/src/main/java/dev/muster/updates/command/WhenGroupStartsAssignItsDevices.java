package dev.muster.updates.command;

import dev.muster.kernel.Policy;
import dev.muster.kernel.Recorded;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import java.util.List;

/** Offers the release to a group's members when it starts, and goes on with those that are left after a pause. */
public final class WhenGroupStartsAssignItsDevices implements Policy {

    private final GroupOffers offers;

    public WhenGroupStartsAssignItsDevices(GroupOffers offers) {
        this.offers = offers;
    }

    @Override
    public String name() {
        return "when-group-starts-assign-its-devices";
    }

    @Override
    public int batchMax() {
        return 1;
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case GroupStarted e -> offers.goOn(e.rolloutId());
                case RolloutResumed e -> offers.goOn(e.rolloutId());
                default -> {}
            }
        }
    }
}
