package dev.muster.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Durable timers. Scheduled is on disk when the call returns; a timer stays until it is cancelled or {@linkplain
 * #complete completed}, so one that fired just before a crash fires again. Within a unit of work timers are written at
 * once, not with its events: schedule on events, and let a repeated event schedule again.
 */
public final class Timers {

    /**
     * A timer.
     *
     * @param key its name; scheduling again under the same name moves it
     * @param due when to fire, in whole milliseconds
     * @param payload what to do then, at most the store's largest value
     */
    @SuppressWarnings("ArrayRecordComponent") // passed through, never compared
    public record Timer(String key, Instant due, byte[] payload) {}

    private final DueTable table;

    /** One per store: changes to a key take turns within it. */
    public Timers(EmbeddedStore store) {
        this.table = new DueTable(store, Table.TIMERS);
    }

    /** Sets the timer, in the place of any of the same key. A due time is rounded up to whole milliseconds. */
    public void schedule(String key, Instant due, byte[] payload) {
        table.put(new DueTable.Entry(key, due, payload));
    }

    /** Removes the timer; false when there was none. */
    public boolean cancel(String key) {
        return table.remove(key);
    }

    /** What shall become of a timer: set, or cancelled where {@code due} is null. */
    @SuppressWarnings("ArrayRecordComponent") // passed through, never compared
    public record Change(String key, @Nullable Instant due, byte[] payload) {}

    /** Sets and cancels many; of several changes of one key the last counts. Some hundreds share each write. */
    public void change(List<Change> changes) {
        Map<String, DueTable.@Nullable Entry> last = new LinkedHashMap<>();
        for (Change each : changes) {
            Instant due = each.due();
            last.put(each.key(), due == null ? null : new DueTable.Entry(each.key(), due, each.payload()));
        }
        table.replace(last);
    }

    /** Removes a timer that has fired, unless it has been scheduled anew for another time; false when it has. */
    public boolean complete(Timer fired) {
        return table.done(new DueTable.Entry(fired.key(), fired.due(), fired.payload()));
    }

    /** The timer of this key. */
    public Optional<Timer> get(String key) {
        return Optional.ofNullable(table.get(key)).map(Timers::timer);
    }

    /** Timers due at or before this time, earliest first, at most {@code max}. */
    public List<Timer> due(Instant now, int max) {
        return table.due(now, max).stream().map(Timers::timer).toList();
    }

    /** When the next timer is due. */
    public Optional<Instant> next() {
        return Optional.ofNullable(table.earliest());
    }

    private static Timer timer(DueTable.Entry entry) {
        return new Timer(entry.key(), entry.due(), entry.payload());
    }
}
