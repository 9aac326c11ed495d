package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.Fleet;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import dev.muster.updates.RolloutCommand.CompleteOffer;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.UpdateSettings;
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
    private final CurrentSettings settings;
    private final Numbers numbers;

    public WhenGroupStartsAssignItsDevices(
            Commands commands,
            History history,
            Fleet fleet,
            Catalogue catalogue,
            CurrentSettings settings,
            Numbers numbers) {
        this.commands = commands;
        this.history = history;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.settings = settings;
        this.numbers = numbers;
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
        AtomicInteger offered = new AtomicInteger();
        AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
        if (release != null && release.valid() && !release.deleted()) {
            UpdateSettings now = settings.get();
            BoundedSends.each(
                    members,
                    id -> assign(id, started.rolloutId(), started.group(), plan, release, now, offered),
                    failure -> {
                        if (Refused.in(failure).isEmpty()) {
                            broken.set(failure);
                        }
                    });
        }
        if (broken.get() != null) {
            throw new IllegalStateException("not every member could be asked", broken.get());
        }
        Await.done(commands.send(
                new CompleteOffer(started.rolloutId(), started.group(), offered.get(), members.size() - offered.get()),
                SYSTEM));
    }

    private CompletableFuture<?> assign(
            DeviceId id,
            RolloutId rollout,
            int group,
            RolloutPlan plan,
            Catalogue.Release release,
            UpdateSettings now,
            AtomicInteger offered) {
        var device = fleet.find(id);
        if (device == null) {
            return CompletableFuture.completedFuture(null);
        }
        return numbers.next(Series.ACTION)
                .toFuture()
                .thenCompose(number -> commands.<Assigned>send(
                        new AssignRelease(
                                id,
                                Math.toIntExact(number),
                                release.ref(),
                                release.migrationStep(),
                                release.modules().stream()
                                        .map(SoftwareModule::compatibility)
                                        .toList(),
                                device.hardware(),
                                plan.type(),
                                plan.forcedAt(),
                                plan.weight(),
                                plan.window(),
                                plan.confirm() || now.confirmationFlow(),
                                now.autoClose(),
                                plan.timeout(),
                                rollout,
                                group),
                        SYSTEM))
                .thenAccept(assigned -> {
                    if (assigned.created()) {
                        offered.incrementAndGet();
                    }
                });
    }
}
