package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentCreated;
import dev.muster.updates.Catalogue;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.command.ReleaseOffers.Offer;
import dev.muster.updates.command.ReleaseOffers.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Auto-assignment as a reaction: when a device changes, only that device is looked at; when a standing assignment or a
 * release appears, the whole fleet is. The oldest matching assignment wins. A device in
 * error is left alone until something new is on offer, one that is held back until it is let go.
 */
public final class WhenDeviceMatchesAssignWhatStands implements Policy {

    private static final Logger LOG = LoggerFactory.getLogger(WhenDeviceMatchesAssignWhatStands.class);
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:auto-assignment");

    private final Fleet fleet;
    private final Catalogue catalogue;
    private final StandingAssignments standing;
    private final ReleaseOffers offers;
    private final Positions positions;

    public WhenDeviceMatchesAssignWhatStands(
            Fleet fleet, Catalogue catalogue, StandingAssignments standing, ReleaseOffers offers, Positions positions) {
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.standing = standing;
        this.offers = offers;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-matches-assign-what-stands";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        Set<DeviceId> changed = new LinkedHashSet<>();
        boolean all = false;
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case DeviceDecommissioned ignored -> {}
                case DeviceEvent e -> changed.add(e.deviceId());
                case DeviceLetGo e -> changed.add(e.deviceId());
                case AutoAssignmentCreated ignored -> all = true;
                case ReleaseCreated ignored -> all = true;
                default -> {}
            }
        }
        if (!all && changed.isEmpty()) {
            return;
        }
        Await.done(positions.folded(batch.getLast().position(), Await.HANDLER_WAIT_MAX));
        List<Rule> rules = rules();
        if (rules.isEmpty()) {
            return;
        }
        boolean retryFailed = all;
        BoundedSends.each(
                all ? fleet.matching(null) : List.copyOf(changed), id -> serve(id, rules, retryFailed), failure -> {
                    if (Refused.in(failure).isEmpty()) {
                        LOG.warn("auto-assignment could not be sent", failure);
                    }
                });
    }

    /** One whose filter cannot be read any more gives nothing, and keeps no other from giving. */
    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (StandingAssignment each : standing.all()) {
            try {
                rules.add(new Rule(each));
            } catch (Refused e) {
                LOG.warn("auto-assignment {} cannot be read", each.id(), e);
            }
        }
        return rules;
    }

    private CompletableFuture<?> serve(DeviceId id, List<Rule> rules, boolean retryFailed) {
        DeviceView device = fleet.find(id);
        Fleet.Recipient recipient = fleet.recipient(id);
        if (device == null
                || recipient == null
                || device.heldBack() != null
                || device.updateStatus() == DeviceView.UpdateStatus.ERROR && !retryFailed) {
            return CompletableFuture.completedFuture(null);
        }
        for (Rule rule : rules) {
            if (rule.matches.test(device)) {
                Offer offer = rule.offer(device.hardware());
                return offer == null || isThere(device, offer)
                        ? CompletableFuture.completedFuture(null)
                        : offer.to(recipient, SYSTEM);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private static boolean isThere(DeviceView device, Offer offer) {
        ReleaseId id = offer.release().id();
        return isRelease(device.assigned(), id) || isRelease(device.installed(), id);
    }

    private static boolean isRelease(@Nullable ReleaseRef known, ReleaseId id) {
        return known != null && known.id().equals(id);
    }

    /** A standing assignment in one batch: the filter is compiled once, and a release chosen once per kind of hardware. */
    private final class Rule {

        private final StandingAssignment assignment;
        private final Predicate<DeviceView> matches;
        private final Map<Hardware, Optional<Offer>> offered = new HashMap<>();

        Rule(StandingAssignment assignment) {
            this.assignment = assignment;
            this.matches = fleet.filter(assignment.filter());
        }

        /** What a device of this hardware gets, or null. */
        @Nullable
        Offer offer(Hardware hardware) {
            return offered.computeIfAbsent(hardware, kind -> Optional.ofNullable(release(kind))
                            .map(release -> offers.offer(release, Terms.of(assignment))))
                    .orElse(null);
        }

        private Catalogue.@Nullable Release release(Hardware hardware) {
            if (assignment.release() == null) {
                return catalogue.latest(assignment.releaseName(), hardware);
            }
            Catalogue.Release release = catalogue.find(assignment.release().id());
            return release != null && release.usable() && release.fits(hardware) ? release : null;
        }
    }
}
