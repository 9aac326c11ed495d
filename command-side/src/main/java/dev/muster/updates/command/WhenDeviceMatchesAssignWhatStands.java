package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentCreated;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Auto-assignment as a reaction: when a device changes, only that device is looked at; when a standing assignment or a
 * release appears, the whole fleet is. The oldest matching assignment wins. A device in
 * error is left alone until something new is on offer.
 */
public final class WhenDeviceMatchesAssignWhatStands implements Policy {

    private static final Logger LOG = LoggerFactory.getLogger(WhenDeviceMatchesAssignWhatStands.class);
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:auto-assignment");

    private final Commands commands;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final StandingAssignments standing;
    private final CurrentSettings settings;
    private final Numbers numbers;
    private final Positions positions;

    public WhenDeviceMatchesAssignWhatStands(
            Commands commands,
            Fleet fleet,
            Catalogue catalogue,
            StandingAssignments standing,
            CurrentSettings settings,
            Numbers numbers,
            Positions positions) {
        this.commands = commands;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.standing = standing;
        this.settings = settings;
        this.numbers = numbers;
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
                case AutoAssignmentCreated ignored -> all = true;
                case ReleaseCreated ignored -> all = true;
                default -> {}
            }
        }
        if (!all && changed.isEmpty()) {
            return;
        }
        Await.done(positions.folded(batch.getLast().position(), Await.HANDLER_WAIT_MAX));
        List<Rule> rules = standing.all().stream()
                .map(each -> new Rule(each, fleet.filter(each.filter())))
                .toList();
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

    /** A standing assignment with its filter compiled. */
    private record Rule(StandingAssignment assignment, Predicate<DeviceView> matches) {}

    private CompletableFuture<?> serve(DeviceId id, List<Rule> rules, boolean retryFailed) {
        DeviceView device = fleet.find(id);
        if (device == null || device.updateStatus() == DeviceView.UpdateStatus.ERROR && !retryFailed) {
            return CompletableFuture.completedFuture(null);
        }
        for (Rule rule : rules) {
            if (rule.matches().test(device)) {
                Catalogue.Release release = choose(rule.assignment(), device);
                return release == null || isThere(device, release)
                        ? CompletableFuture.completedFuture(null)
                        : assign(device, release, rule.assignment());
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private Catalogue.@Nullable Release choose(StandingAssignment each, DeviceView device) {
        if (each.release() == null) {
            return catalogue.latest(each.releaseName(), device.hardware());
        }
        Catalogue.Release release = catalogue.find(each.release().id());
        return release != null && release.valid() && !release.deleted() && release.fits(device.hardware())
                ? release
                : null;
    }

    private static boolean isThere(DeviceView device, Catalogue.Release release) {
        boolean assigned = device.assigned() != null
                && device.assigned().id().equals(release.ref().id());
        boolean installed = device.installed() != null
                && device.installed().id().equals(release.ref().id());
        return assigned || installed;
    }

    private CompletableFuture<?> assign(DeviceView device, Catalogue.Release release, StandingAssignment each) {
        return numbers.next(Series.ACTION)
                .toFuture()
                .thenCompose(number -> commands.send(
                        new AssignRelease(
                                device.id(),
                                Math.toIntExact(number),
                                release.ref(),
                                release.migrationStep(),
                                release.modules().stream()
                                        .map(SoftwareModule::compatibility)
                                        .toList(),
                                device.hardware(),
                                each.type(),
                                null,
                                each.weight(),
                                null,
                                settings.get().confirmationFlow(),
                                settings.get().autoClose(),
                                null,
                                null,
                                null),
                        SYSTEM));
    }
}
