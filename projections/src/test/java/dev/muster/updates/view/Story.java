package dev.muster.updates.view;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Tells what happens to devices and rollouts, in order. */
public final class Story {

    public static final ReleaseRef OS_2 = new ReleaseRef(ReleaseId.of("os", "2.0"), "os", "2.0");
    public static final RolloutId ROLLOUT = new RolloutId(UUID.fromString("00000000-0000-7000-8000-000000000001"));

    public final MemoryLog log = new MemoryLog();

    public Recorded happens(ActionEvent event) {
        return log.record("updates/" + event.deviceId(), event);
    }

    public Recorded happens(RolloutEvent event) {
        return log.record("rollout/" + event.rolloutId(), event);
    }

    public static DeviceId device(int number) {
        return new DeviceId("dev-%05d".formatted(number));
    }

    public Story assigned(DeviceId device, int action, RolloutId rollout, Integer group) {
        happens(new ActionEvent.ActionAssigned(
                device,
                action,
                OS_2,
                false,
                ActionType.FORCED,
                null,
                500,
                null,
                false,
                Duration.ofHours(24),
                rollout,
                group,
                null,
                null,
                null,
                null));
        return this;
    }

    public Story assigned(DeviceId device, int action) {
        return assigned(device, action, null, null);
    }

    public Story progressed(DeviceId device, int action, ActionStatus status, String... messages) {
        happens(new ActionEvent.ActionProgressed(device, action, status, 1, 5, 200, List.of(messages), 17L));
        return this;
    }

    public Story finished(DeviceId device, int action, RolloutId rollout, Integer group) {
        happens(new ActionEvent.ActionFinished(
                device, action, OS_2, null, List.of("done"), null, rollout, group, null));
        return this;
    }

    public Story failed(
            DeviceId device, int action, boolean timedOut, RolloutId rollout, Integer group, String... messages) {
        happens(new ActionEvent.ActionFailed(
                device, action, OS_2, timedOut, null, List.of(messages), null, rollout, group, null, null));
        return this;
    }

    public Story canceled(DeviceId device, int action, RolloutId rollout, Integer group) {
        happens(new ActionEvent.ActionCanceled(device, action, OS_2, false, null, List.of(), rollout, group, null));
        return this;
    }

    /** A rollout with two groups, planned for so many devices, started. */
    public Story rollout(int firstGroup, int secondGroup) {
        planned(null);
        members(0, 0, firstGroup);
        members(1, firstGroup, firstGroup + secondGroup);
        happens(new RolloutEvent.RolloutReady(ROLLOUT, List.of(firstGroup, secondGroup), 3));
        happens(new RolloutEvent.RolloutStarted(ROLLOUT));
        happens(new RolloutEvent.GroupStarted(ROLLOUT, 0));
        return this;
    }

    /** The plan of that rollout with a policy. */
    public Story planned(RolloutPolicy policy) {
        happens(new RolloutEvent.RolloutCreated(
                ROLLOUT,
                new RolloutPlan(
                        "spring",
                        OS_2,
                        "group==lab",
                        List.of(
                                new Group("canary", 10, 90, 5, null, null, true),
                                new Group("rest", 90, 80, 20, null, null)),
                        ActionType.FORCED,
                        null,
                        null,
                        null,
                        false,
                        null,
                        Duration.ofHours(24),
                        policy),
                "user:ann"));
        return this;
    }

    private void members(int group, int from, int to) {
        int chunk = 0;
        for (int at = from; at < to; at += Group.CHUNK_MAX) {
            List<DeviceId> part = IntStream.range(at, Math.min(to, at + Group.CHUNK_MAX))
                    .mapToObj(Story::device)
                    .toList();
            happens(new RolloutEvent.MembersPlanned(ROLLOUT, group, chunk++, part));
        }
    }
}
