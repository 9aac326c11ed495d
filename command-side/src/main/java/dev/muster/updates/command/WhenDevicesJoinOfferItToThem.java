package dev.muster.updates.command;

import dev.muster.kernel.Policy;
import dev.muster.kernel.Recorded;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Offers the release to devices that join a group which has started. It has a line of its own, so that who joins does
 * not wait until the large group of another rollout is through.
 */
public final class WhenDevicesJoinOfferItToThem implements Policy {

    private final GroupOffers offers;

    public WhenDevicesJoinOfferItToThem(GroupOffers offers) {
        this.offers = offers;
    }

    @Override
    public String name() {
        return "when-devices-join-offer-it-to-them";
    }

    @Override
    public void react(List<Recorded> batch) {
        Set<RolloutId> joined = new LinkedHashSet<>();
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof MembersJoined event) {
                joined.add(event.rolloutId());
            }
        }
        joined.forEach(offers::goOn);
    }
}
