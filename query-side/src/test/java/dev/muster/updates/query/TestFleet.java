package dev.muster.updates.query;

import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.testing.Changed;
import dev.muster.testing.HandClock;
import dev.muster.testing.MemoryHeartbeats;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionType;
import dev.muster.updates.DeviceView;
import dev.muster.updates.ReleaseEvent;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.SettingsEvent.SettingsChanged;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.modes.query.FeedRolloutIndex;
import dev.muster.updates.modes.query.FollowingIndex;
import dev.muster.updates.modes.query.ShelfIndex;
import java.util.List;
import java.util.Map;

/** A fleet to tell stories about: every sentence is an event. */
public final class TestFleet {

    public static final ReleaseRef OS_1 = release("os", "1.0");
    public static final ReleaseRef OS_2 = release("os", "2.0");

    public final MemoryHeartbeats heartbeats = new MemoryHeartbeats();
    public final HandClock clock = HandClock.at("2026-11-20T12:00:00Z");
    public final SettingsIndex settings = new SettingsIndex();
    public final CatalogueIndex catalogue = new CatalogueIndex();
    public final AutoAssignmentsIndex autoAssignments = new AutoAssignmentsIndex();
    public final FleetIndex index = new FleetIndex(heartbeats, settings, clock, QuerySettings.DEFAULTS);
    public final RolloutRegister rollouts = new RolloutRegister();
    public final ShelfIndex shelf = new ShelfIndex(catalogue);
    public final FeedRolloutIndex feeds = new FeedRolloutIndex(shelf);
    /** What devices said line by line is not asked for here, so it has no log to read that from. */
    public final FollowingIndex followings = new FollowingIndex(new MemoryLog());

    public final MemoryLog log =
            new MemoryLog(settings, catalogue, autoAssignments, index, rollouts, shelf, feeds, followings);

    public static ReleaseRef release(String name, String version) {
        return new ReleaseRef(ReleaseId.of(name, version), name, version);
    }

    public static DeviceId id(String id) {
        return new DeviceId(id);
    }

    public DeviceView device(String id) {
        return index.find(id(id));
    }

    public TestFleet happens(DeviceEvent event) {
        log.record("device/" + event.deviceId(), event);
        return this;
    }

    public TestFleet happens(ActionEvent event) {
        log.record("updates/" + event.deviceId(), event);
        return this;
    }

    public TestFleet registered(String id) {
        return registered(id, null, List.of(), Map.of(), Origin.OPERATOR);
    }

    public TestFleet registered(
            String id, String group, List<String> tags, Map<String, String> metadata, Origin origin) {
        return happens(new DeviceEvent.DeviceRegistered(id(id), id, group, tags, metadata, null, null, origin));
    }

    public TestFleet reports(String id, Map<String, String> attributes) {
        return happens(new DeviceEvent.AttributesReported(id(id), attributes));
    }

    public TestFleet assigned(String id, int action, ReleaseRef release) {
        return assigned(id, action, release, null, null);
    }

    public TestFleet assigned(String id, int action, ReleaseRef release, Integer weight, RolloutId rollout) {
        return happens(new ActionEvent.ActionAssigned(
                id(id),
                action,
                release,
                false,
                ActionType.FORCED,
                null,
                weight,
                null,
                false,
                null,
                rollout,
                rollout == null ? null : 0,
                null,
                null,
                null,
                null));
    }

    public TestFleet finished(String id, int action, ReleaseRef release) {
        return finished(id, action, release, null);
    }

    public TestFleet finished(String id, int action, ReleaseRef release, RolloutId rollout) {
        return happens(
                new ActionEvent.ActionFinished(id(id), action, release, null, List.of(), null, rollout, 0, null));
    }

    public TestFleet failed(String id, int action, ReleaseRef release, RolloutId rollout) {
        return happens(new ActionEvent.ActionFailed(
                id(id), action, release, false, null, List.of("no space left"), null, rollout, 0, null, null));
    }

    public TestFleet heldBack(String id, String reason) {
        return happens(new ActionEvent.DeviceHeldBack(id(id), reason));
    }

    public TestFleet downloaded(String id, int action, ReleaseRef release) {
        return happens(new ActionEvent.ActionDownloaded(id(id), action, release, null, List.of(), null, null, null));
    }

    public TestFleet canceled(String id, int action, ReleaseRef release) {
        return happens(
                new ActionEvent.ActionCanceled(id(id), action, release, false, null, List.of(), null, null, null));
    }

    public TestFleet released(ReleaseRef release, List<SoftwareModule> modules) {
        log.record(
                "release/" + release.id(),
                new ReleaseEvent.ReleaseCreated(
                        release.id(),
                        release.name(),
                        release.version(),
                        modules,
                        false,
                        "notes of " + release.version()));
        return this;
    }

    public TestFleet polling(String pollingTime) {
        log.record(
                "update-settings",
                new SettingsChanged(Changed.copy(
                        UpdateSettings.DEFAULTS, "pollingTime", pollingTime, "gatewayTokenDigest", "secret-digest")));
        return this;
    }
}
