package dev.muster.updates.view;

import dev.muster.registry.DeviceId;
import dev.muster.updates.RolloutView.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Groups failures by what the device said. Messages that come after the table is full are counted together, so a device
 * that says something new each time cannot make the document grow.
 */
final class Reasons {

    static final int REASONS_MAX = 50;
    static final int DEVICES_MAX = 10;
    static final String OTHERS = "(other reasons)";
    private static final int LENGTH_MAX = 200;
    private static final Comparator<Reason> FREQUENT_FIRST =
            Comparator.comparingInt(Reason::count).reversed().thenComparing(Reason::message);

    private Reasons() {}

    static List<Reason> with(List<Reason> reasons, String message, DeviceId deviceId) {
        String shortened = message.length() > LENGTH_MAX ? message.substring(0, LENGTH_MAX) + "…" : message;
        boolean known = reasons.stream().anyMatch(each -> each.message().equals(shortened));
        String counted = known || reasons.size() < REASONS_MAX - 1 ? shortened : OTHERS;
        List<Reason> all = new ArrayList<>(reasons);
        for (int i = 0; i < all.size(); i++) {
            Reason each = all.get(i);
            if (each.message().equals(counted)) {
                all.set(i, new Reason(counted, each.count() + 1, with(each.devices(), deviceId)));
                all.sort(FREQUENT_FIRST);
                return all;
            }
        }
        all.add(new Reason(counted, 1, List.of(deviceId.value())));
        all.sort(FREQUENT_FIRST);
        return all;
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
