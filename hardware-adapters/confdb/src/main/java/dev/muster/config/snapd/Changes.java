package dev.muster.config.snapd;

import dev.muster.config.Json;
import dev.muster.registry.DeviceId;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was done on this node and can be asked for (contract §4). Whatever is answered here is over: a write is durable
 * and readable, and what was read is here. They are kept in memory, the ones asked for last, within a number and a size;
 * what was read may hold secrets, so each is told to who made it and to the device alone.
 */
final class Changes {

    private final Clock clock;
    private final int changesMax;
    private final long charactersMax;
    private final AtomicLong last;
    private final LinkedHashMap<String, Change> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    /** Numbers go on from the time of the start, so that one of an earlier start does not name another thing now. */
    Changes(ConfdbSettings settings, Clock clock) {
        this.clock = clock;
        this.changesMax = settings.changesMax();
        this.charactersMax = settings.changesCharactersMax();
        this.last = new AtomicLong(clock.millis());
    }

    /** What was done, in the API's words. */
    enum Kind {
        GET("get-confdb"),
        SET("set-confdb"),
        CONFIGURE("configure-snap");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /**
     * @param actor who made it
     * @param err why it came to nothing, or null
     * @param data what was read, or null
     */
    record Change(
            String id,
            DeviceId device,
            String actor,
            Kind kind,
            String summary,
            Instant at,
            @Nullable String err,
            @Nullable Json data) {

        /** As it is told to clients. */
        Json.Members told() {
            TreeMap<String, Json> all = new TreeMap<>();
            all.put("id", Json.of(id));
            all.put("kind", Json.of(kind.word));
            all.put("summary", Json.of(summary));
            all.put("status", Json.of(err == null ? "Done" : "Error"));
            all.put("ready", Json.of(true));
            all.put("tasks", new Json.Items(List.of()));
            all.put("spawn-time", Json.of(at.toString()));
            all.put("ready-time", Json.of(at.toString()));
            if (err != null) {
                all.put("err", Json.of(err));
            }
            if (data != null) {
                all.put("data", data);
            }
            return new Json.Members(all);
        }

        long weight() {
            return summary.length()
                    + (err == null ? 0L : err.length())
                    + (data == null ? 0L : data.toString().length());
        }
    }

    /** Keeps what a visit did; answers its id. */
    String note(Visit visit, Kind kind, String summary, @Nullable String err, @Nullable Json data) {
        Change change = new Change(
                Long.toString(last.incrementAndGet()),
                visit.device(),
                visit.guest().actor(),
                kind,
                summary,
                clock.instant(),
                err,
                data);
        long weight = change.weight();
        synchronized (kept) {
            kept.put(change.id(), change);
            characters += weight;
            // The newest stays whatever its size: its client was just told of it.
            Iterator<Map.Entry<String, Change>> eldest = kept.entrySet().iterator();
            while (kept.size() > 1 && (kept.size() > changesMax || characters > charactersMax)) {
                characters -= eldest.next().getValue().weight();
                eldest.remove();
            }
        }
        return change.id();
    }

    /** Null when there is none, no more, or none for this visitor. */
    @Nullable
    Change find(Visit visit, String id) {
        Change change;
        synchronized (kept) {
            change = kept.get(id);
        }
        boolean theirs = change != null
                && change.device().equals(visit.device())
                && (visit.guest().isDevice()
                        || change.actor().equals(visit.guest().actor()));
        return theirs ? change : null;
    }

    /** How many are kept. */
    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }
}
