package dev.muster.updates.query;

import dev.muster.kernel.KernelRefusal;
import dev.muster.updates.Fleet.FleetQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** One look through the fleet, with a limit on how long it may take. */
final class FleetScan {

    /** How many devices are looked at between two looks at the clock. */
    private static final int STRIDE = 1024;

    private final Term term;
    private final Term text;
    private final Sorting sorting;
    private final Sightings sightings;
    private final long deadline;
    private int seen;

    FleetScan(Term term, Term text, Sorting sorting, Sightings sightings, QuerySettings settings) {
        this.term = term;
        this.text = text;
        this.sorting = sorting;
        this.sightings = sightings;
        this.deadline = System.nanoTime() + settings.scanMax().toNanos();
    }

    /** @param more whether the list goes on after the last place */
    record Found(List<Sorting.Place> places, boolean more, long count) {}

    /** All that match, in the order of the candidates. */
    List<DeviceState> all(Collection<DeviceCell> candidates) {
        List<DeviceState> all = new ArrayList<>();
        for (DeviceCell cell : candidates) {
            DeviceState state = cell.state;
            if (holds(state)) {
                all.add(state);
            }
        }
        return all;
    }

    /** @param candidates the devices that can match, by id */
    Found page(FleetQuery query, NavigableMap<String, DeviceCell> candidates) {
        Sorting.Place after = Cursor.read(query.after(), sorting);
        if (!sorting.byId() || query.count()) {
            return best(candidates.values(), after, query);
        }
        NavigableMap<String, DeviceCell> ordered = sorting.descending() ? candidates.descendingMap() : candidates;
        return firstOf(after == null ? ordered.values() : tail(ordered, after.id()), query.limit());
    }

    private Collection<DeviceCell> tail(NavigableMap<String, DeviceCell> ordered, String after) {
        try {
            return ordered.tailMap(after, false).values();
        } catch (IllegalArgumentException e) {
            // The cursor lies outside the ids that can match: before all of them or after.
            boolean before = !ordered.isEmpty()
                    && sorting.order()
                                    .compare(
                                            new Sorting.Place(null, after, null),
                                            new Sorting.Place(null, ordered.firstKey(), null))
                            < 0;
            return before ? ordered.values() : List.of();
        }
    }

    /** The candidates come in the asked order: stop as soon as the page is full and it is known whether more follow. */
    private Found firstOf(Collection<DeviceCell> candidates, int limit) {
        List<Sorting.Place> places = new ArrayList<>();
        for (DeviceCell cell : candidates) {
            DeviceState state = cell.state;
            if (holds(state)) {
                if (places.size() == limit) {
                    return new Found(places, true, 0);
                }
                places.add(sorting.place(state, sightings));
            }
        }
        return new Found(places, false, 0);
    }

    /** Keeps the best {@code limit} places after the cursor while looking at everyone. */
    private Found best(Collection<DeviceCell> candidates, Sorting.@Nullable Place after, FleetQuery query) {
        Comparator<Sorting.Place> order = sorting.order();
        PriorityQueue<Sorting.Place> kept = new PriorityQueue<>(query.limit() + 1, order.reversed());
        long count = 0;
        boolean more = false;
        for (DeviceCell cell : candidates) {
            DeviceState state = cell.state;
            if (!holds(state)) {
                continue;
            }
            count++;
            Sorting.Place place = sorting.place(state, sightings);
            if (after != null && order.compare(place, after) <= 0) {
                continue;
            }
            if (kept.size() < query.limit()) {
                kept.add(place);
            } else {
                more = true;
                Sorting.Place worst = kept.peek();
                if (worst != null && order.compare(place, worst) < 0) {
                    kept.poll();
                    kept.add(place);
                }
            }
        }
        List<Sorting.Place> places = new ArrayList<>(kept);
        places.sort(order);
        return new Found(places, more, count);
    }

    private boolean holds(DeviceState state) {
        if (++seen % STRIDE == 0 && System.nanoTime() > deadline) {
            throw KernelRefusal.OVERLOADED.because("The filter took too long; narrow it down.");
        }
        return term.holds(state, sightings) && text.holds(state, sightings);
    }
}
