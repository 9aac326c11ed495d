package dev.muster.observe.cos;

import dev.muster.observe.Enrolments;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The list of all devices as bytes. It is asked for far more often than a device changes, by programs that each want
 * their own few fields, so what was rendered is kept until the next change.
 */
final class DeviceLists {

    private static final int KEPT_MAX = 6;
    private static final int KEPT_BYTES_MAX = 8 << 20;

    private final Enrolments enrolments;
    private final Map<List<String>, Rendered> kept = new ConcurrentHashMap<>();

    private record Rendered(long revision, byte[] json) {}

    DeviceLists(Enrolments enrolments) {
        this.enrolments = enrolments;
    }

    byte[] of(List<String> fields) {
        // Read before rendering: a change in between makes this one old at once, never young by mistake.
        long revision = enrolments.revision();
        Rendered known = kept.get(fields);
        if (known != null && known.revision == revision) {
            return known.json;
        }
        byte[] json = DeviceJson.list(enrolments.all(), enrolments.size(), fields);
        if (json.length <= KEPT_BYTES_MAX) {
            if (known == null && kept.size() >= KEPT_MAX) {
                kept.clear();
            }
            kept.put(fields, new Rendered(revision, json));
        }
        return json;
    }
}
