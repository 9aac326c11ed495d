package dev.muster.updates.query;

import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts devices by why they are left out. What comes after the table is full is counted together for each reason. */
final class LeftOut {

    private static final int TEXTS_MAX = 50;
    private static final int SAMPLE_MAX = 10;

    private final Map<Key, Count> counts = new LinkedHashMap<>();

    private record Key(RolloutPreview.Why reason, String text) {}

    private static final class Count {
        private final List<String> sample = new ArrayList<>();
        private int devices;
    }

    void add(RolloutPreview.Why reason, String text, DeviceId id) {
        Key key = new Key(reason, text);
        if (!counts.containsKey(key) && counts.size() >= TEXTS_MAX) {
            key = new Key(reason, reason.words());
        }
        Count count = counts.computeIfAbsent(key, fresh -> new Count());
        count.devices++;
        if (count.sample.size() < SAMPLE_MAX) {
            count.sample.add(id.value());
        }
    }

    /** The most frequent first. */
    List<RolloutPreview.Exclusion> exclusions() {
        List<RolloutPreview.Exclusion> all = new ArrayList<>();
        counts.forEach((key, count) -> all.add(
                new RolloutPreview.Exclusion(key.reason(), count.devices, List.copyOf(count.sample), key.text())));
        all.sort(Comparator.comparingInt(RolloutPreview.Exclusion::count).reversed());
        return all;
    }
}
