package dev.muster.store;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What a dead-letter queue remembers of a sequence. Guarded by the queue. */
final class ParkedSequence {

    private final TreeMap<Long, String> eventIds = new TreeMap<>();
    private Instant touchedFirst = Instant.MAX;

    /** Adds a letter behind the others; the first one's touch decides when the sequence has its turn. */
    void add(long number, String eventId, Instant touched) {
        if (eventIds.isEmpty()) {
            touchedFirst = touched;
        }
        eventIds.put(number, eventId);
    }

    long next() {
        Map.Entry<Long, String> last = eventIds.lastEntry();
        return last == null ? 0 : last.getKey() + 1;
    }

    long first() {
        return eventIds.firstKey();
    }

    boolean has(long number) {
        return eventIds.containsKey(number);
    }

    boolean contains(String eventId) {
        return eventIds.containsValue(eventId);
    }

    void remove(long number) {
        eventIds.remove(number);
    }

    int size() {
        return eventIds.size();
    }

    boolean isEmpty() {
        return eventIds.isEmpty();
    }

    Instant touchedFirst() {
        return touchedFirst;
    }

    void touchedFirst(Instant touched) {
        touchedFirst = touched;
    }
}
