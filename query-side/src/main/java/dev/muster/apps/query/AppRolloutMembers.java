package dev.muster.apps.query;

import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppRolloutEvent.GroupStarted;
import dev.muster.apps.AppRolloutEvent.MembersEnded;
import dev.muster.apps.AppRolloutEvent.MembersPlanned;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of one rollout and how it ended for each, folded from its own history. One thread writes. Members were
 * cut into groups in order of id, so that order is the order of groups.
 */
public final class AppRolloutMembers {

    private final ConcurrentSkipListMap<DeviceId, Entry> entries = new ConcurrentSkipListMap<>();
    private final Set<Integer> reached = ConcurrentHashMap.newKeySet();

    /** @param end null while it is not over for the device */
    public record Entry(int group, @Nullable End end) {}

    /**
     * @param position of the event that said so
     * @param message the device's own words, or why; null when there is nothing to say
     */
    public record End(Outcome outcome, @Nullable String message, Instant at, long position) {}

    /** As the history of the rollout has them. */
    static AppRolloutMembers in(List<Recorded> history) {
        AppRolloutMembers members = new AppRolloutMembers();
        for (Recorded recorded : history) {
            if (recorded.event() instanceof AppRolloutEvent event) {
                members.apply(event, recorded);
            }
        }
        return members;
    }

    /** Answers whom it ended or made a member: of several words about one the first counts. */
    List<DeviceId> apply(AppRolloutEvent event, Recorded recorded) {
        List<DeviceId> changed = new ArrayList<>();
        switch (event) {
            case MembersPlanned e -> {
                for (DeviceId device : e.members()) {
                    if (entries.putIfAbsent(device, new Entry(e.group(), null)) == null) {
                        changed.add(device);
                    }
                }
            }
            case GroupStarted e -> reached.add(e.group());
            case MembersEnded e -> {
                End end = new End(e.outcome(), e.message(), recorded.at(), recorded.position());
                for (DeviceId device : e.members()) {
                    Entry before = entries.get(device);
                    if (before != null && before.end() == null && before.group() == e.group()) {
                        entries.put(device, new Entry(e.group(), end));
                        changed.add(device);
                    }
                }
            }
            default -> {
                // Nothing else is about single members.
            }
        }
        return changed;
    }

    public NavigableMap<DeviceId, Entry> all() {
        return Collections.unmodifiableNavigableMap(entries);
    }

    @Nullable
    Entry find(DeviceId device) {
        return entries.get(device);
    }

    /** Whether this group has started. */
    public boolean reached(int group) {
        return reached.contains(group);
    }

    /** Members of a group, by id. */
    List<DeviceId> of(int group) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().group() == group)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Members of groups that have started, by id. */
    List<DeviceId> reached() {
        return entries.entrySet().stream()
                .filter(entry -> reached.contains(entry.getValue().group()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
