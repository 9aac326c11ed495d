package dev.muster.apps.query;

import dev.muster.apps.AppKey;
import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppRolloutEvent.GroupStarted;
import dev.muster.apps.AppRolloutEvent.MembersPlanned;
import dev.muster.apps.AppRolloutEvent.RolloutAborted;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutEvent.RolloutFinished;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.Installations;
import dev.muster.apps.WantedApp;
import dev.muster.kernel.Fold;
import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All rollouts of apps, and which of them has reached which device. A group gets the release with one event, and all
 * members are let go with one event, so nobody ever sees a half of it. Members of what is over are read from the log:
 * they are asked for by people, one rollout at a time.
 */
public final class AppRolloutIndex implements Fold, AppRollouts {

    private static final Comparator<AppRolloutView> NEWEST_FIRST = Comparator.comparing(AppRolloutView::createdAt)
            .thenComparing(rollout -> rollout.id().value())
            .reversed();

    private final History history;
    private final Map<AppRolloutId, AppRolloutView> views = new ConcurrentHashMap<>();
    private final Map<AppRolloutId, Live> live = new ConcurrentHashMap<>();
    private final Map<AppKey, Map<DeviceId, Live>> byDevice = new ConcurrentHashMap<>();
    private final Listeners<Installations.Change> listeners = new Listeners<>();

    /** A rollout that is not over. */
    private record Live(AppRolloutId id, AppKey app, WantedApp.Staged says, AppRolloutMembers members) {}

    public AppRolloutIndex(History history) {
        this.history = history;
    }

    @Override
    public String name() {
        return "app-rollouts";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof AppRolloutEvent event)) {
            return;
        }
        if (event instanceof RolloutCreated created) {
            AppRolloutId id = created.rolloutId();
            AppRolloutPlan plan = created.plan();
            WantedApp.Staged says = new WantedApp.Staged(id, plan.version(), plan.target(), plan.account());
            views.put(id, AppRolloutStory.created(created, recorded));
            live.put(id, new Live(id, plan.app(), says, new AppRolloutMembers()));
            return;
        }
        AppRolloutView before = views.get(event.rolloutId());
        if (before == null) {
            return;
        }
        Live rollout = live.get(event.rolloutId());
        List<DeviceId> changed = rollout == null ? List.of() : rollout.members().apply(event, recorded);
        if (rollout != null) {
            follow(rollout, event, changed);
        }
        // Last, so that whoever sees that it is over sees that it says nothing to anybody any more.
        views.put(event.rolloutId(), AppRolloutStory.after(before, event, recorded, changed.size()));
    }

    private void follow(Live rollout, AppRolloutEvent event, List<DeviceId> changed) {
        switch (event) {
            case MembersPlanned ignored -> {
                Map<DeviceId, Live> ofApp = byDevice.computeIfAbsent(rollout.app(), any -> new ConcurrentHashMap<>());
                changed.forEach(device -> ofApp.putIfAbsent(device, rollout));
            }
            case GroupStarted e -> tell(rollout, rollout.members().of(e.group()));
            case RolloutFinished ignored -> leave(rollout);
            case RolloutAborted ignored -> leave(rollout);
            default -> {
                // It says to everybody what it said before.
            }
        }
    }

    private void leave(Live rollout) {
        live.remove(rollout.id());
        Map<DeviceId, Live> ofApp = byDevice.getOrDefault(rollout.app(), Map.of());
        rollout.members().all().keySet().forEach(device -> ofApp.remove(device, rollout));
        tell(rollout, rollout.members().reached());
    }

    private void tell(Live rollout, List<DeviceId> devices) {
        listeners.tell(each -> devices.forEach(device -> each.changed(device, rollout.app())));
    }

    @Override
    public AutoCloseable onChange(Installations.Change change) {
        return listeners.add(change);
    }

    @Override
    public WantedApp.@Nullable Staged staged(AppKey app, DeviceId device) {
        Live rollout = find(app, device);
        AppRolloutMembers.Entry entry =
                rollout == null ? null : rollout.members().find(device);
        return rollout != null && entry != null && rollout.members().reached(entry.group()) ? rollout.says() : null;
    }

    private @Nullable Live find(AppKey app, DeviceId device) {
        Map<DeviceId, Live> ofApp = byDevice.get(app);
        return ofApp == null ? null : ofApp.get(device);
    }

    @Override
    public @Nullable AppRolloutView find(AppRolloutId id) {
        return views.get(id);
    }

    /**
     * Newest first.
     *
     * @param app null for all
     */
    public List<AppRolloutView> all(@Nullable AppKey app) {
        return views.values().stream()
                .filter(rollout -> app == null || rollout.plan().app().equals(app))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    @Override
    public List<AppRolloutId> underWay(AppKey app) {
        return live.values().stream()
                .filter(each -> each.app().equals(app))
                .map(Live::id)
                .sorted(Comparator.comparing(AppRolloutId::value))
                .toList();
    }

    @Override
    public @Nullable Membership membership(AppKey app, DeviceId device) {
        Live rollout = find(app, device);
        AppRolloutMembers.Entry entry =
                rollout == null ? null : rollout.members().find(device);
        return rollout == null || entry == null
                ? null
                : new Membership(
                        rollout.id(),
                        app,
                        entry.group(),
                        rollout.members().reached(entry.group()),
                        entry.end() != null);
    }

    @Override
    public List<Membership> memberships(DeviceId device) {
        List<Membership> all = new ArrayList<>();
        for (AppKey app : byDevice.keySet()) {
            Membership membership = membership(app, device);
            if (membership != null) {
                all.add(membership);
            }
        }
        return all;
    }

    @Override
    public List<DeviceId> open(AppRolloutId id, int group) {
        Live rollout = live.get(id);
        if (rollout == null) {
            return List.of();
        }
        AppRolloutMembers all = rollout.members();
        return all.of(group).stream().filter(device -> isOpen(all.find(device))).toList();
    }

    private static boolean isOpen(AppRolloutMembers.@Nullable Entry entry) {
        return entry != null && entry.end() == null;
    }

    @Override
    public List<DeviceId> endedBy(AppRolloutId id, long position, List<DeviceId> members) {
        Live rollout = live.get(id);
        if (rollout == null) {
            return List.of();
        }
        AppRolloutMembers all = rollout.members();
        return members.stream()
                .distinct()
                .filter(device -> isEndedBy(all.find(device), position))
                .toList();
    }

    private static boolean isEndedBy(AppRolloutMembers.@Nullable Entry entry, long position) {
        AppRolloutMembers.End end = entry == null ? null : entry.end();
        return end != null && end.position() == position;
    }

    /** The members of a rollout, from memory or, of one that is over, from the log: blocking; off the event loop. */
    public AppRolloutMembers members(AppRolloutId id) {
        Live rollout = live.get(id);
        return rollout == null ? AppRolloutMembers.in(history.of(id.aggregateId())) : rollout.members();
    }
}
