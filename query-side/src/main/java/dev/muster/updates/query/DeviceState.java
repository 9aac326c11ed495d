package dev.muster.updates.query;

import dev.muster.registry.DeviceDirectory.DeviceFacts;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.updates.DeviceAttributes;
import dev.muster.updates.DeviceView;
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the index keeps of a device, in a few hundred bytes: shared texts and small arrays instead of maps and lists.
 * Changed only on a fresh {@link #copy()} that nobody else has seen; frozen once it stands in its {@link DeviceCell}.
 */
final class DeviceState {

    static final String[] NONE = new String[0];
    private static final int[] NO_ACTIONS = new int[0];
    private static final Active[] NO_ACTIVE = new Active[0];
    private static final Membership[] NO_MEMBERSHIPS = new Membership[0];

    final DeviceId id;
    final long createdAt;
    final Origin origin;
    String name;

    @Nullable
    String group;

    String[] tags = NONE;
    /** Key, value, key, value. */
    String[] attributes = NONE;
    /** Key, value, key, value. */
    String[] metadata = NONE;

    @Nullable
    String address;

    long version;
    UpdateStatus updateStatus = UpdateStatus.UNKNOWN;

    @Nullable
    ReleaseRef assigned;

    @Nullable
    ReleaseRef installed;
    /** Numbers of all actions, oldest first. */
    int[] actions = NO_ACTIONS;
    /** What is not over yet, oldest first. */
    Active[] active = NO_ACTIVE;
    /** In which rollouts it took part, oldest first. */
    Membership[] memberships = NO_MEMBERSHIPS;

    /** Why rollouts and standing assignments leave it alone, or null. */
    @Nullable
    String heldBack;

    boolean attributesRequested;
    boolean hasToken;
    boolean autoConfirm;
    /** Whether it ever spoke the update protocol. */
    boolean contacted;
    /** Whether it was decommissioned before and is back. */
    boolean returned;

    DeviceState(DeviceId id, long createdAt, Origin origin, String name) {
        this.id = id;
        this.createdAt = createdAt;
        this.origin = origin;
        this.name = name;
    }

    DeviceState copy() {
        DeviceState copy = new DeviceState(id, createdAt, origin, name);
        copy.group = group;
        copy.tags = tags;
        copy.attributes = attributes;
        copy.metadata = metadata;
        copy.address = address;
        copy.version = version;
        copy.updateStatus = updateStatus;
        copy.assigned = assigned;
        copy.installed = installed;
        copy.actions = actions;
        copy.active = active;
        copy.memberships = memberships;
        copy.heldBack = heldBack;
        copy.attributesRequested = attributesRequested;
        copy.hasToken = hasToken;
        copy.autoConfirm = autoConfirm;
        copy.contacted = contacted;
        copy.returned = returned;
        return copy;
    }

    /** A view turned back, so that one compiled filter serves both. */
    static DeviceState of(DeviceView view) {
        DeviceState state = new DeviceState(view.id(), view.createdAt().toEpochMilli(), view.origin(), view.name());
        state.group = view.group();
        state.tags = view.tags().toArray(String[]::new);
        state.attributes = pairs(view.attributes());
        state.metadata = pairs(view.metadata());
        state.address = view.address();
        state.version = view.version();
        state.updateStatus = view.updateStatus();
        state.assigned = view.assigned();
        state.installed = view.installed();
        state.heldBack = view.heldBack();
        return state;
    }

    @Nullable
    String attribute(String key) {
        return value(attributes, key);
    }

    @Nullable
    String metadatum(String key) {
        return value(metadata, key);
    }

    /** What the device says it is; {@link Hardware#ANY} where it says nothing. */
    Hardware hardware() {
        String model = attribute(DeviceAttributes.BOARD);
        String revision = attribute(DeviceAttributes.REVISION);
        return new Hardware(model == null ? Hardware.ANY : model, revision == null ? Hardware.ANY : revision);
    }

    /** The active action with the largest weight, ties go to the smallest number (DDI: the current action). */
    @Nullable
    Integer currentAction() {
        Active current = null;
        for (Active each : active) {
            if (current == null || each.weight() > current.weight()) {
                current = each;
            }
        }
        return current == null ? null : current.action();
    }

    /** Whether the action is not over yet. */
    boolean works(int action) {
        for (Active each : active) {
            if (each.action() == action) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Membership membership(RolloutId rollout) {
        for (int i = memberships.length - 1; i >= 0; i--) {
            if (memberships[i].rollout().equals(rollout)) {
                return memberships[i];
            }
        }
        return null;
    }

    DeviceView view(@Nullable Instant lastSeen, DeviceView.Presence presence) {
        return new DeviceView(
                id,
                name,
                group,
                List.of(tags),
                map(attributes),
                map(metadata),
                address,
                origin,
                Instant.ofEpochMilli(createdAt),
                version,
                lastSeen,
                presence,
                updateStatus,
                assigned,
                installed,
                currentAction(),
                Arrays.stream(actions).boxed().toList(),
                hardware(),
                attributesRequested,
                hasToken,
                autoConfirm,
                heldBack);
    }

    DeviceFacts facts() {
        return new DeviceFacts(
                id,
                name,
                group,
                List.of(tags),
                map(attributes),
                map(metadata),
                address,
                installed == null ? null : installed.name() + " " + installed.version(),
                origin,
                hasToken,
                contacted);
    }

    private static @Nullable String value(String[] pairs, String key) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(key)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    private static Map<String, String> map(String[] pairs) {
        Map<String, String> map = LinkedHashMap.newLinkedHashMap(pairs.length / 2);
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static String[] pairs(Map<String, String> map) {
        String[] pairs = new String[map.size() * 2];
        int i = 0;
        for (Map.Entry<String, String> each : map.entrySet()) {
            pairs[i++] = each.getKey();
            pairs[i++] = each.getValue();
        }
        return pairs;
    }

    /** An action that is not over. A missing weight counts as the maximum. */
    record Active(int action, ReleaseRef release, int weight) {

        static final int WEIGHT_MAX = 1000;
        /** Below all that a device is to do something for. */
        private static final int WEIGHT_PROVING = -1;

        /** Installed, as the device says, which it has yet to prove. */
        Active proving() {
            return new Active(action, release, WEIGHT_PROVING);
        }
    }

    /** Where a device stands in a rollout; {@code outcome} is null while its action runs. */
    record Membership(
            RolloutId rollout,
            int group,
            int action,
            @Nullable MemberStatus outcome) {

        /** Older ones are forgotten. */
        static final int KEPT_MAX = 16;
    }
}
