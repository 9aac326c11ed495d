package dev.muster.lab.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.MaintenanceStarted;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestExpired;
import dev.muster.lab.LabRequestEvent.RequestFailed;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.ReservationId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the lab is used: by board, class and UTC day for the last days, and what became of power operations since the
 * beginning. One thread writes; readers take no lock. It costs about a hundred bytes for each board on each day on
 * which something happened to it, and forgets days that are over for long enough.
 */
public final class LabUsage implements Fold {

    /** The outcome of a power operation that did what it was to do. */
    public static final String DONE = "done";
    /** The outcome of operations that failed with yet another code, when there are too many codes to tell apart. */
    public static final String OTHER = "other";

    private static final int OUTCOMES_MAX = 32;
    private static final Logger LOG = LoggerFactory.getLogger(LabUsage.class);

    private final Clock clock;
    private final int daysMax;
    private final ConcurrentSkipListMap<LocalDate, ConcurrentHashMap<Slot, Tally>> days = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<BoardName, Held> held = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> outcomes = new ConcurrentHashMap<>();
    private final List<WaitListener> waitListeners = new CopyOnWriteArrayList<>();
    /** Since when those that wait could be served; the writer's own, as the two below. */
    private final Map<ReservationId, Instant> ready = new HashMap<>();

    private final Map<BoardName, String> classes = new HashMap<>();
    private LocalDate newest = LocalDate.MIN;

    /** What is counted by itself: a board as long as it is of one class. */
    public record Slot(BoardName board, String brdclass) {}

    private record Held(Slot slot, Instant from) {}

    /** Hears how long requests waited, on the thread that folds: only hand over, never block. */
    @FunctionalInterface
    public interface WaitListener {

        /** @param at when the board was handed over; long ago when history is read again at start */
        void waited(String brdclass, Duration waited, Instant at);
    }

    /** @param clock for how long those who hold boards now have held them */
    public LabUsage(Clock clock, LabReadSettings settings) {
        this.clock = clock;
        this.daysMax = settings.usageDaysMax();
    }

    @Override
    public String name() {
        return "lab-usage";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case BoardEvent event -> count(event, recorded.at());
            case LabRequestEvent event -> count(event, recorded.at());
            default -> {}
        }
    }

    private void count(BoardEvent event, Instant at) {
        BoardName board = event.board();
        switch (event) {
            case BoardDefined e -> classes.put(board, e.definition().brdclass());
            case BoardReserved e -> add(slot(board), at, Tally.RESERVATION);
            case BoardHandedOver e -> held.put(board, new Held(slot(board), at));
            case PreparationFailed e -> add(slot(board), at, Tally.PREPARATION_FAILED);
            case ReleaseFailed e -> add(slot(board), at, Tally.RELEASE_FAILED);
            case ReleaseStarted e -> ended(board, at);
            case BoardFreed e -> ended(board, at);
            case MaintenanceStarted e -> ended(board, at);
            case PowerObserved e -> {
                if (e.operation() != null) {
                    operated(DONE);
                }
            }
            case PowerFailed e -> operated(e.code());
            default -> {}
        }
    }

    private void count(LabRequestEvent event, Instant at) {
        switch (event) {
            case RequestQueued e -> ready.put(e.id(), later(at, e.wish().earliest()));
            case RequestFulfilled e -> {
                Instant since = ready.remove(e.id());
                if (since != null) {
                    waited(slot(e.board()), since, at);
                }
            }
            case RequestFailed e -> ready.remove(e.id());
            case RequestCancelled e -> ready.remove(e.id());
            case RequestExpired e -> ready.remove(e.id());
            default -> {}
        }
    }

    private static Instant later(Instant at, @Nullable Instant earliest) {
        return earliest == null || earliest.isBefore(at) ? at : earliest;
    }

    private void waited(Slot slot, Instant since, Instant at) {
        Duration waited = since.isBefore(at) ? Duration.between(since, at) : Duration.ZERO;
        add(slot, at, Tally.waited(waited.toMillis()));
        for (WaitListener listener : waitListeners) {
            try {
                listener.waited(slot.brdclass(), waited, at);
            } catch (RuntimeException failure) {
                LOG.error("A listener failed on the end of a wait for a board", failure);
            }
        }
    }

    private void ended(BoardName board, Instant at) {
        Held stay = held.remove(board);
        if (stay != null) {
            spread(days, stay, at);
            tidy(at);
        }
    }

    private void operated(String outcome) {
        boolean known = outcomes.containsKey(outcome) || outcomes.size() < OUTCOMES_MAX;
        outcomes.merge(known ? outcome : OTHER, 1L, Long::sum);
    }

    private Slot slot(BoardName board) {
        return new Slot(board, classes.getOrDefault(board, ""));
    }

    private void add(Slot slot, Instant at, Tally tally) {
        add(days, day(at), slot, tally);
        tidy(at);
    }

    private static void add(
            Map<LocalDate, ConcurrentHashMap<Slot, Tally>> days, LocalDate day, Slot slot, Tally tally) {
        days.computeIfAbsent(day, any -> new ConcurrentHashMap<>()).merge(slot, tally, Tally::plus);
    }

    /** To each day what belongs to it; what is older than is remembered is passed over. */
    private void spread(Map<LocalDate, ConcurrentHashMap<Slot, Tally>> into, Held stay, Instant end) {
        LocalDate last = day(end);
        LocalDate first = later(day(stay.from()), last.minusDays(daysMax - 1L));
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            long from = Math.max(stay.from().toEpochMilli(), start(day));
            long to = Math.min(end.toEpochMilli(), start(day.plusDays(1)));
            if (to > from) {
                add(into, day, stay.slot(), Tally.held(to - from));
            }
        }
    }

    private void tidy(Instant at) {
        LocalDate day = day(at);
        if (day.isAfter(newest)) {
            newest = day;
        }
        days.headMap(newest.minusDays(daysMax - 1L)).clear();
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? other : one;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static long start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    /**
     * What happened from a UTC day on, at most as far back as is remembered: each day is there, today always; what is
     * held now counts up to now.
     */
    public Map<LocalDate, Map<Slot, Tally>> since(LocalDate from) {
        Instant now = clock.instant();
        LocalDate today = day(now);
        LocalDate first = from.isAfter(today) ? today : later(from, today.minusDays(daysMax - 1L));
        TreeMap<LocalDate, ConcurrentHashMap<Slot, Tally>> found = new TreeMap<>();
        first.datesUntil(today.plusDays(1)).forEach(day -> found.put(day, new ConcurrentHashMap<>()));
        days.subMap(first, true, today, true)
                .forEach((day, tallies) -> found.put(day, new ConcurrentHashMap<>(tallies)));
        held.values().forEach(stay -> spread(found, stay, now));
        return new TreeMap<>(found.subMap(first, true, today, true));
    }

    /** How many power operations ended how, {@link #DONE} or the code of a refusal. Only grows, also over restarts. */
    public Map<String, Long> powerOperations() {
        return Map.copyOf(outcomes);
    }

    /** Hears of each queued request that gets its board, for the distribution of waiting. Close it to end. */
    public AutoCloseable onWait(WaitListener listener) {
        waitListeners.add(listener);
        return () -> waitListeners.remove(listener);
    }
}
