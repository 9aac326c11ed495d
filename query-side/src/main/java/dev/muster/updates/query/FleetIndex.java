package dev.muster.updates.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Page;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.OpenActions;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutOutcomes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every device in memory, folded from the log. One thread writes; readers take no lock and see each device whole, some
 * a moment older than others. Ids are sorted, so a list by id is read where it starts and stops when it is full.
 */
public final class FleetIndex implements Fold, Fleet, DeviceDirectory, RolloutOutcomes, OpenActions {

    private static final long SUMMARY_NANOS = 1_000_000_000L;

    private final ConcurrentHashMap<DeviceId, DeviceCell> cells = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<String, DeviceCell> sorted = new ConcurrentSkipListMap<>();
    /** Ids that were decommissioned, whether or not they are in use again. Only the fold's thread touches it. */
    private final Set<DeviceId> left = new HashSet<>();

    private final DeviceChanges deviceChanges;
    private final UpdateChanges updateChanges = new UpdateChanges();
    private final Presences presences;
    private final QuerySettings settings;
    private final CompiledFilters filters;
    private volatile long position = -1;
    private volatile @Nullable Summarised summarised;

    private record Summarised(FleetSummary summary, long at) {}

    /** @param heartbeats says when devices were last heard; {@code current} says how often they should be */
    public FleetIndex(Heartbeats heartbeats, CurrentSettings current, Clock clock, QuerySettings settings) {
        this.presences = new Presences(heartbeats, current, clock, settings);
        this.settings = settings;
        this.deviceChanges = new DeviceChanges(new Slots());
        this.filters = new CompiledFilters(rsql -> FilterCompiler.compile(rsql, presences.terms(), settings));
    }

    @Override
    public String name() {
        return "fleet-index";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case DeviceRegistered event -> register(event, recorded);
            case DeviceDecommissioned event -> {
                cells.remove(event.deviceId());
                sorted.remove(event.deviceId().value());
                left.add(event.deviceId());
            }
            case DeviceEvent event -> {
                DeviceCell cell = cells.get(event.deviceId());
                if (cell != null) {
                    cell.state = deviceChanges.after(cell.state, event, recorded.sequence());
                }
            }
            case ActionEvent event -> {
                DeviceCell cell = cells.get(event.deviceId());
                if (cell != null) {
                    cell.state = updateChanges.after(cell.state, event);
                }
            }
            default -> {}
        }
        position = recorded.position();
    }

    private void register(DeviceRegistered event, Recorded recorded) {
        DeviceState state = deviceChanges.registered(event, recorded);
        state.returned = left.contains(event.deviceId());
        DeviceCell cell = new DeviceCell(state);
        cells.put(event.deviceId(), cell);
        sorted.put(event.deviceId().value(), cell);
    }

    @Override
    public @Nullable DeviceView find(DeviceId id) {
        DeviceCell cell = cells.get(id);
        return cell == null ? null : view(cell.state, presences.now());
    }

    @Override
    public @Nullable Recipient recipient(DeviceId id) {
        DeviceCell cell = cells.get(id);
        if (cell == null) {
            return null;
        }
        DeviceState state = cell.state;
        return new Recipient(state.id, state.hardware(), state.returned ? Instant.ofEpochMilli(state.createdAt) : null);
    }

    @Override
    public Page<DeviceView> page(FleetQuery query) {
        if (query.limit() < 1 || query.limit() > Page.LIMIT_MAX) {
            throw KernelRefusal.INVALID_REQUEST.because("A page has 1 to " + Page.LIMIT_MAX + " items.");
        }
        Filter filter = compile(query.filter());
        Term text = FreeText.compile(query.text(), settings);
        Sorting sorting = Sorting.by(query.sort());
        Sightings sightings = presences.now();
        FleetScan scan = new FleetScan(filter.term(), text, sorting, sightings, settings);
        FleetScan.Found found = scan.page(query, candidates(filter));
        List<DeviceView> items = found.places().stream()
                .map(Sorting.Place::device)
                .filter(Objects::nonNull)
                .map(device -> view(device, sightings))
                .toList();
        String next = found.more() ? Cursor.after(sorting, found.places().getLast()) : null;
        return new Page<>(items, next, query.count() ? found.count() : null);
    }

    @Override
    public Predicate<DeviceView> filter(@Nullable String rsql) {
        Term term = compile(rsql).term();
        return view -> term.holds(DeviceState.of(view), Sightings.of(view));
    }

    @Override
    public Predicate<DeviceId> hits(@Nullable String rsql) {
        Term term = compile(rsql).term();
        Sightings sightings = presences.now();
        return id -> {
            DeviceCell cell = cells.get(id);
            return cell != null && term.holds(cell.state, sightings);
        };
    }

    @Override
    public List<DeviceId> matching(@Nullable String rsql) {
        return matchingStates(rsql).stream().map(state -> state.id).toList();
    }

    @Override
    public @Nullable DeviceFacts facts(DeviceId id) {
        DeviceCell cell = cells.get(id);
        return cell == null ? null : cell.state.facts();
    }

    @Override
    public List<DeviceFacts> matchingFacts(@Nullable String rsql) {
        return matchingStates(rsql).stream().map(DeviceState::facts).toList();
    }

    @Override
    public Membership membership(Catalogue.Release release, @Nullable String rsql) {
        List<DeviceId> members = new ArrayList<>();
        List<DeviceId> incompatible = new ArrayList<>();
        for (DeviceState state : matchingStates(rsql)) {
            (release.fits(state.hardware()) ? members : incompatible).add(state.id);
        }
        return new Membership(members, incompatible);
    }

    @Override
    public int size() {
        return cells.size();
    }

    /** The position of the last event that was applied, -1 before the first. */
    public long position() {
        return position;
    }

    /**
     * Which releases, states and keys occur how often. Looks at every device, unless nothing happened since the last
     * look a moment ago.
     */
    public FleetSummary summary() {
        Summarised known = summarised;
        if (known != null && known.summary().position() == position && System.nanoTime() - known.at() < SUMMARY_NANOS) {
            return known.summary();
        }
        FleetSummary summary = summarise();
        summarised = new Summarised(summary, System.nanoTime());
        return summary;
    }

    private FleetSummary summarise() {
        long seen = position;
        Sightings sightings = presences.now();
        FleetSummary.Count count = new FleetSummary.Count();
        for (DeviceCell cell : sorted.values()) {
            DeviceState state = cell.state;
            count.add(state, sightings.presence(state));
        }
        return count.summary(seen);
    }

    /** Where a device stands in a rollout; null when it never was offered it, or left. */
    public @Nullable Member member(DeviceId id, RolloutId rollout) {
        DeviceCell cell = cells.get(id);
        if (cell == null) {
            return null;
        }
        DeviceState state = cell.state;
        DeviceState.Membership membership = state.membership(rollout);
        if (membership == null) {
            return new Member(state.name, null, MemberStatus.WAITING);
        }
        MemberStatus outcome = membership.outcome();
        return new Member(state.name, membership.action(), outcome == null ? MemberStatus.RUNNING : outcome);
    }

    /** Rollouts that gave the device something, of late. */
    List<RolloutId> rollouts(DeviceId id) {
        DeviceCell cell = cells.get(id);
        return cell == null
                ? List.of()
                : Arrays.stream(cell.state.memberships)
                        .map(DeviceState.Membership::rollout)
                        .toList();
    }

    /** Why the filter does not hit a device: empty when it does. Refuses a broken filter; null when there is no such device. */
    public @Nullable List<FilterMiss> misses(DeviceId id, @Nullable String rsql) {
        DeviceCell cell = cells.get(id);
        return cell == null
                ? null
                : FilterCompiler.reasoned(rsql, presences.terms(), settings).misses(cell.state, presences.now());
    }

    /** Whether nothing was given to the device after this action; false when it left. */
    boolean isNewest(DeviceId id, int action) {
        DeviceCell cell = cells.get(id);
        if (cell == null) {
            return false;
        }
        int[] actions = cell.state.actions;
        return actions.length > 0 && actions[actions.length - 1] == action;
    }

    /** Numbers of the device's actions that are not over, oldest first. */
    List<Integer> openActions(DeviceId id) {
        DeviceCell cell = cells.get(id);
        return cell == null
                ? List.of()
                : Arrays.stream(cell.state.active)
                        .map(DeviceState.Active::action)
                        .toList();
    }

    /** The heaviest of the device's actions that are not over, and the rollout that gave it; null when it has none. */
    @Nullable
    Busy busy(DeviceId id) {
        DeviceCell cell = cells.get(id);
        if (cell == null) {
            return null;
        }
        DeviceState state = cell.state;
        Integer number = state.currentAction();
        if (number == null) {
            return null;
        }
        int current = number;
        int weight = Arrays.stream(state.active)
                .filter(each -> each.action() == current)
                .mapToInt(DeviceState.Active::weight)
                .findFirst()
                .orElse(0);
        RolloutId rollout = null;
        for (DeviceState.Membership each : state.memberships) {
            if (each.action() == current) {
                rollout = each.rollout();
            }
        }
        return new Busy(current, weight, rollout);
    }

    /**
     * What a device works on.
     *
     * @param weight 0 to 1000
     * @param rollout who gave it, or null for somebody else
     */
    record Busy(int action, int weight, @Nullable RolloutId rollout) {}

    @Override
    public List<DeviceId> failed(RolloutId rollout) {
        List<DeviceId> failed = new ArrayList<>();
        for (DeviceCell cell : sorted.values()) {
            DeviceState.Membership membership = cell.state.membership(rollout);
            if (membership != null && membership.outcome() == MemberStatus.FAILED) {
                failed.add(cell.state.id);
            }
        }
        return failed;
    }

    @Override
    public List<OpenAction> of(ReleaseId release) {
        List<OpenAction> open = new ArrayList<>();
        for (DeviceCell cell : sorted.values()) {
            DeviceState state = cell.state;
            for (DeviceState.Active each : state.active) {
                if (each.release().id().equals(release)) {
                    open.add(new OpenAction(state.id, each.action()));
                }
            }
        }
        return open;
    }

    @Override
    public Set<ReleaseId> releases() {
        Set<ReleaseId> open = new HashSet<>();
        for (DeviceCell cell : sorted.values()) {
            for (DeviceState.Active each : cell.state.active) {
                open.add(each.release().id());
            }
        }
        return open;
    }

    /** @param action number of the action that the rollout gave the device, or null */
    public record Member(@Nullable String name, @Nullable Integer action, MemberStatus status) {}

    private List<DeviceState> matchingStates(@Nullable String rsql) {
        Filter filter = compile(rsql);
        FleetScan scan = new FleetScan(filter.term(), Term.ALL, Sorting.by(null), presences.now(), settings);
        return scan.all(candidates(filter).values());
    }

    private DeviceView view(DeviceState state, Sightings sightings) {
        return state.view(presences.lastSeen(state), sightings.presence(state));
    }

    private Filter compile(@Nullable String rsql) {
        return filters.of(rsql);
    }

    /** The devices that can match at all, by id. */
    private NavigableMap<String, DeviceCell> candidates(Filter filter) {
        List<String> ids = filter.ids();
        if (ids != null) {
            NavigableMap<String, DeviceCell> few = new TreeMap<>();
            for (String id : ids) {
                DeviceCell cell = sorted.get(id);
                if (cell != null) {
                    few.put(id, cell);
                }
            }
            return few;
        }
        return filter.prefix().isEmpty()
                ? sorted
                : sorted.subMap(filter.prefix(), true, filter.prefix() + Character.MAX_VALUE, false);
    }
}
