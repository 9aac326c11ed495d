package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.RolloutCommand.CompleteOffer;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.command.ReleaseOffers.Offer;
import dev.muster.updates.command.ReleaseOffers.Terms;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Offers the release to a group's frozen members, with a bounded number of assignments in flight, and then says that
 * the offer is complete. A device that has the release already, left, or is refused counts as skipped. A repeated run
 * finds the actions it made before and makes no second ones.
 */
public final class WhenGroupStartsAssignItsDevices implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout");

    private final Commands commands;
    private final History history;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final ReleaseOffers offers;

    public WhenGroupStartsAssignItsDevices(
            Commands commands, History history, Fleet fleet, Catalogue catalogue, ReleaseOffers offers) {
        this.commands = commands;
        this.history = history;
        this.fleet = fleet;
        this.catalogue = catalogue;
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
            if (recorded.event() instanceof GroupStarted started) {
                offer(started);
            }
        }
    }

    private void offer(GroupStarted started) {
        var membership = new RolloutMembers(history).of(started.rolloutId());
        RolloutPlan plan = membership.plan();
        if (plan == null) {
            throw new IllegalStateException("no plan in the history of rollout " + started.rolloutId());
        }
        Catalogue.Release release = catalogue.find(plan.release().id());
        List<DeviceId> members = membership.groups().get(started.group());
        int offered = release != null && release.usable()
                ? offered(members, offers.offer(release, Terms.of(plan, started.rolloutId(), started.group())))
                : 0;
        Await.done(commands.send(
                new CompleteOffer(started.rolloutId(), started.group(), offered, members.size() - offered), SYSTEM));
    }

    /** How many of the members got it. */
    private int offered(List<DeviceId> members, Offer offer) {
        AtomicInteger offered = new AtomicInteger();
        AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
        BoundedSends.each(members, id -> give(offer, id, offered), failure -> {
            if (!isAboutTheDevice(failure)) {
                broken.set(failure);
            }
        });
        if (broken.get() != null) {
            throw new IllegalStateException("not every member could be asked", broken.get());
        }
        return offered.get();
    }

    private CompletableFuture<?> give(Offer offer, DeviceId id, AtomicInteger offered) {
        Fleet.Recipient device = fleet.recipient(id);
        return device == null
                ? CompletableFuture.completedFuture(null)
                : offer.to(device, SYSTEM).thenAccept(assigned -> {
                    if (assigned.created()) {
                        offered.incrementAndGet();
                    }
                });
    }

    /** A house that is too busy has not judged the device: it is asked again, not skipped. */
    private static boolean isAboutTheDevice(Throwable failure) {
        return Refused.in(failure)
                .filter(refusal -> refusal.kind() != Refusal.Kind.UNAVAILABLE)
                .isPresent();
    }
}
