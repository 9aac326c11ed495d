package dev.muster.updates.view;

import dev.muster.registry.DeviceId;
import java.util.List;

/** A frozen part of a group, in collection {@code rollout_members} under {@code <rollout>/<group>/<chunk>}. */
public record RolloutMembers(List<DeviceId> ids) {}
