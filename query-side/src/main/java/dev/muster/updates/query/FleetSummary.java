package dev.muster.updates.query;

import dev.muster.updates.DeviceView.Presence;
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fleet in numbers.
 *
 * @param position of the last event it knows of
 * @param devices how many there are
 * @param presence how many of each, every word of {@link Presence} in lower-kebab
 * @param updateStatus how many of each, every word of {@link UpdateStatus} in lower-kebab
 * @param installed devices per installed release
 * @param assigned devices per assigned release
 * @param versions installed releases with their devices, most frequent first
 * @param attributeKeys keys of attributes that occur, at most {@link #KEYS_MAX}
 * @param metadataKeys keys of metadata that occur, at most {@link #KEYS_MAX}
 */
public record FleetSummary(
        long position,
        int devices,
        Map<String, Integer> presence,
        Map<String, Integer> updateStatus,
        Map<ReleaseId, Integer> installed,
        Map<ReleaseId, Integer> assigned,
        List<Running> versions,
        SortedSet<String> attributeKeys,
        SortedSet<String> metadataKeys) {

    static final int KEYS_MAX = 200;

    /** How many devices run a release. */
    public record Running(String name, String version, ReleaseId releaseId, int count) {}

    /** Counts devices one by one. */
    static final class Count {

        private final int[] presence = new int[Presence.values().length];
        private final int[] updateStatus = new int[UpdateStatus.values().length];
        private final Map<ReleaseRef, Integer> installed = new HashMap<>();
        private final Map<ReleaseRef, Integer> assigned = new HashMap<>();
        private final SortedSet<String> attributeKeys = new TreeSet<>();
        private final SortedSet<String> metadataKeys = new TreeSet<>();
        private int devices;

        void add(DeviceState device, Presence seen) {
            devices++;
            presence[seen.ordinal()]++;
            updateStatus[device.updateStatus.ordinal()]++;
            count(installed, device.installed);
            count(assigned, device.assigned);
            keys(attributeKeys, device.attributes);
            keys(metadataKeys, device.metadata);
        }

        FleetSummary summary(long position) {
            List<Running> versions = installed.entrySet().stream()
                    .map(each -> new Running(
                            each.getKey().name(),
                            each.getKey().version(),
                            each.getKey().id(),
                            each.getValue()))
                    .sorted(Comparator.comparingInt(Running::count).reversed().thenComparing(Running::name))
                    .toList();
            return new FleetSummary(
                    position,
                    devices,
                    words(Presence.values(), presence),
                    words(UpdateStatus.values(), updateStatus),
                    byId(installed),
                    byId(assigned),
                    versions,
                    attributeKeys,
                    metadataKeys);
        }

        private static void count(Map<ReleaseRef, Integer> counts, @Nullable ReleaseRef release) {
            if (release != null) {
                counts.merge(release, 1, Integer::sum);
            }
        }

        private static void keys(SortedSet<String> keys, String[] pairs) {
            for (int i = 0; i < pairs.length && keys.size() < KEYS_MAX; i += 2) {
                keys.add(pairs[i]);
            }
        }

        private static Map<String, Integer> words(Enum<?>[] words, int[] counts) {
            Map<String, Integer> map = new LinkedHashMap<>();
            for (Enum<?> word : words) {
                map.put(Field.kebab(word), counts[word.ordinal()]);
            }
            return map;
        }

        private static Map<ReleaseId, Integer> byId(Map<ReleaseRef, Integer> counts) {
            Map<ReleaseId, Integer> byId = new HashMap<>();
            counts.forEach((release, count) -> byId.merge(release.id(), count, Integer::sum));
            return byId;
        }
    }
}
