package dev.muster.updates.modes.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.modes.Followings;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every device's update mode in memory, folded from the log. One thread writes; readers take no lock and see each device
 * whole. Log lines are not kept, only where they begin: they are read back from the events when somebody looks.
 */
public final class FollowingIndex implements Fold, Followings {

    private final ConcurrentHashMap<DeviceId, FollowingCell> cells = new ConcurrentHashMap<>();
    private final FollowingChanges changes = new FollowingChanges();
    private final OpenActions actions = new OpenActions();
    private final History history;
    /** Written by the fold's thread alone. */
    private volatile int running;

    public FollowingIndex(History history) {
        this.history = history;
    }

    @Override
    public String name() {
        return "followings";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case DeviceRegistered event -> {
                actions.forget(event.deviceId());
                put(new FollowingCell(event.deviceId()));
            }
            case DeviceDecommissioned event -> {
                actions.forget(event.deviceId());
                count(cells.remove(event.deviceId()), null);
            }
            case AttributesReported event -> {
                FollowingCell before = cells.get(event.deviceId());
                if (before != null) {
                    put(changes.after(before, event, recorded.at()));
                }
            }
            case FollowingEvent event -> {
                FollowingCell before = cells.get(event.deviceId());
                if (before != null) {
                    put(changes.after(before, event, recorded.sequence(), recorded.at()));
                }
            }
            case ActionEvent event -> {
                if (cells.containsKey(event.deviceId())) {
                    actions.apply(event);
                }
            }
            default -> {}
        }
    }

    private void put(FollowingCell after) {
        count(cells.put(after.id, after), after);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void count(@Nullable FollowingCell before, @Nullable FollowingCell after) {
        running += (isRunning(after) ? 1 : 0) - (isRunning(before) ? 1 : 0);
    }

    private static boolean isRunning(@Nullable FollowingCell cell) {
        return cell != null && cell.state == FollowState.RUNNING;
    }

    @Override
    public @Nullable Following find(DeviceId id) {
        FollowingCell cell = cells.get(id);
        return cell == null ? null : cell.view();
    }

    @Override
    public int running() {
        return running;
    }

    @Override
    public @Nullable String log(DeviceId id) {
        FollowingCell cell = cells.get(id);
        return cell == null || cell.logFrom() < 0
                ? null
                : FollowingLog.read(history, "following/" + id, cell.logFrom(), LOG_BYTES_MAX);
    }

    @Override
    public List<NativeOffer> actions(DeviceId id) {
        return actions.of(id);
    }
}
