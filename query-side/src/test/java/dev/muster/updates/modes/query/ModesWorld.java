package dev.muster.updates.modes.query;

import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.modes.FeedRolloutEvent;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.query.CatalogueIndex;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A shelf, feeds and a few devices to tell stories about: every sentence is an event. */
final class ModesWorld {

    static final DeviceId ROBOT = new DeviceId("robot-1");

    final CatalogueIndex catalogue = new CatalogueIndex();
    final HardwareIndex hardware = new HardwareIndex();
    final ShelfIndex shelf = new ShelfIndex(catalogue);
    final FeedRolloutIndex feeds = new FeedRolloutIndex(shelf);
    final MemoryLog log = new MemoryLog(catalogue, hardware, shelf, feeds);
    /** It reads back from the log and hears it: told apart, because neither can be made before the other. */
    final FollowingIndex followings = new FollowingIndex(log);

    static ReleaseRef release(String name, String version) {
        return new ReleaseRef(ReleaseId.of(name, version), name, version);
    }

    static SoftwareModule module(long number, String version, int artifacts, Hardware... compatibility) {
        return new SoftwareModule(
                number,
                "os",
                "os",
                version,
                false,
                IntStream.range(0, artifacts).mapToObj(ModesWorld::file).toList(),
                List.of(),
                List.of(compatibility));
    }

    private static Artifact file(int number) {
        return new Artifact(number + ".swu", "0".repeat(64), "0".repeat(40), "0".repeat(32), 12, MemoryLog.START, null);
    }

    ModesWorld shelved(long number, String name, String version, Hardware... compatibility) {
        return released(release(name, version), List.of(module(number, version, 1, compatibility)));
    }

    ModesWorld released(ReleaseRef release, List<SoftwareModule> modules) {
        return happens(
                "release/" + release.id(),
                new ReleaseCreated(release.id(), release.name(), release.version(), modules, false, null));
    }

    ModesWorld happens(FeedRolloutEvent event) {
        return happens("feed-rollout/" + event.number(), event);
    }

    ModesWorld happens(FollowingEvent event) {
        return happens("following/" + event.deviceId(), event);
    }

    ModesWorld happens(String aggregate, Object event) {
        followings.apply(log.record(aggregate, event));
        return this;
    }

    ModesWorld happensAt(Instant at, String aggregate, Object event) {
        followings.apply(log.recordAt(at, aggregate, event));
        return this;
    }

    ModesWorld registered(DeviceId id) {
        return happens(
                "device/" + id,
                new DeviceRegistered(id, id.value(), null, List.of(), Map.of(), null, null, Origin.OPERATOR));
    }

    ModesWorld reports(DeviceId id, Map<String, String> attributes) {
        return happens("device/" + id, new AttributesReported(id, attributes));
    }

    ModesWorld leaves(DeviceId id) {
        return happens("device/" + id, new DeviceDecommissioned(id));
    }

    Following robot() {
        return followings.find(ROBOT);
    }
}
