package dev.muster.overview.view;

import com.mongodb.client.model.Filters;
import dev.muster.kernel.Recorded;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * The events that one projection's generation had to set aside, in collection {@code dead_letters}. One broken event
 * holds up only its own sequence; the line goes on. One thread only.
 */
final class DeadLetters {

    static final String COLLECTION = "dead_letters";
    private static final int REASON_LENGTH_MAX = 500;

    private final String projection;
    private final ViewStore store;
    private final Clock clock;
    private final Map<String, Integer> parked = new HashMap<>();
    private final List<Document> unsaved = new ArrayList<>();
    private volatile int count;

    DeadLetters(String projection, ViewStore store, Clock clock) {
        this.projection = projection;
        this.store = store;
        this.clock = clock;
    }

    /** Reads what was set aside before; forgets what was not saved. */
    void load() {
        parked.clear();
        unsaved.clear();
        for (Document letter : store.find(COLLECTION, Filters.eq("projection", projection))) {
            parked.merge(letter.getString("sequence"), 1, Integer::sum);
        }
        recount();
    }

    boolean holdsUp(String sequence) {
        return parked.containsKey(sequence);
    }

    int count() {
        return count;
    }

    void park(Recorded recorded, String sequence, String reason) {
        String shortened = reason.length() > REASON_LENGTH_MAX ? reason.substring(0, REASON_LENGTH_MAX) : reason;
        unsaved.add(new Document("_id", projection + "/" + recorded.position())
                .append("projection", projection)
                .append("sequence", sequence)
                .append("position", recorded.position())
                .append("type", recorded.event().getClass().getSimpleName())
                .append("reason", shortened)
                .append("parkedAt", clock.instant().toString()));
        parked.merge(sequence, 1, Integer::sum);
        recount();
    }

    boolean unsaved() {
        return !unsaved.isEmpty();
    }

    /** Stores what was set aside since; before the position moves past it. */
    void save() {
        if (!unsaved.isEmpty()) {
            store.save(COLLECTION, unsaved);
            unsaved.clear();
        }
    }

    /** What waits in a sequence, oldest first. */
    List<DeadLetter> waiting(String sequence) {
        return store
                .find(COLLECTION, Filters.and(Filters.eq("projection", projection), Filters.eq("sequence", sequence)))
                .stream()
                .map(DeadLetters::letter)
                .sorted(Comparator.comparingLong(DeadLetter::position))
                .toList();
    }

    /** Forgets a letter that was delivered after all. */
    void remove(DeadLetter letter) {
        store.delete(COLLECTION, Filters.eq("_id", projection + "/" + letter.position()));
        parked.computeIfPresent(letter.sequence(), (any, left) -> left > 1 ? left - 1 : null);
        recount();
    }

    static DeadLetter letter(Document document) {
        return new DeadLetter(
                document.getString("projection"),
                document.getString("sequence"),
                document.get("position", Number.class).longValue(),
                document.getString("type"),
                document.getString("reason"),
                Instant.parse(document.getString("parkedAt")));
    }

    private void recount() {
        count = parked.values().stream().mapToInt(Integer::intValue).sum();
    }
}
