package dev.muster.updates.view;

import dev.muster.registry.DeviceId;
import dev.muster.updates.FailureReason;
import dev.muster.updates.RolloutView.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Groups failures by code and message, numbers aside. What comes after the table is full is counted together, so a
 * device that says something new each time cannot make the document grow.
 */
final class Reasons {

    static final int REASONS_MAX = 50;
    static final int DEVICES_MAX = 10;
    static final String OTHERS = "(other reasons)";
    private static final Comparator<Reason> FREQUENT_FIRST =
            Comparator.comparingInt(Reason::count).reversed().thenComparing(Reason::message);

    private Reasons() {}

    static List<Reason> with(List<Reason> reasons, FailureReason reason, DeviceId deviceId) {
        String key = reason.key();
        boolean known = reasons.stream().anyMatch(each -> each.key().equals(key));
        boolean room = known || reasons.size() < REASONS_MAX - 1;
        Reason first = room
                ? new Reason(key, reason.message(), 0, List.of(), reason.code())
                : new Reason(FailureReason.OTHERS, OTHERS, 0, List.of(), null);
        List<Reason> all = new ArrayList<>(reasons);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).key().equals(first.key())) {
                all.set(i, once(all.get(i), deviceId));
                all.sort(FREQUENT_FIRST);
                return all;
            }
        }
        all.add(once(first, deviceId));
        all.sort(FREQUENT_FIRST);
        return all;
    }

    private static Reason once(Reason reason, DeviceId deviceId) {
        return new Reason(
                reason.key(), reason.message(), reason.count() + 1, with(reason.devices(), deviceId), reason.code());
    }

    private static List<String> with(List<String> devices, DeviceId deviceId) {
        if (devices.size() >= DEVICES_MAX || devices.contains(deviceId.value())) {
            return devices;
        }
        List<String> all = new ArrayList<>(devices);
        all.add(deviceId.value());
        return all;
    }
}
