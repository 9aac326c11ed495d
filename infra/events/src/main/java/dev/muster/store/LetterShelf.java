package dev.muster.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of one group's dead letters: group, NUL, sequence, NUL, number → letter. */
final class LetterShelf {

    private static final Logger LOG = LoggerFactory.getLogger(LetterShelf.class);
    private static final int CLEAR_STEP = 1_000;

    private final EmbeddedStore store;
    private final LetterCodec codec;
    private final byte[] group;

    LetterShelf(EmbeddedStore store, String group, LetterCodec codec) {
        this.store = store;
        this.codec = codec;
        this.group = Keys.prefix(group);
    }

    Map<String, ParkedSequence> load() {
        Map<String, ParkedSequence> sequences = new TreeMap<>();
        store.database().scan(Table.DEAD_LETTERS, group, group, (key, value) -> {
            RocksDeadLetter.Place place = place(key);
            LetterCodec.Glance letter = glance(place, value);
            sequences
                    .computeIfAbsent(place.sequence(), name -> new ParkedSequence())
                    .add(place.number(), letter.eventId(), letter.lastTouched());
            return true;
        });
        return sequences;
    }

    void put(RocksDeadLetter.Place place, DeadLetter<? extends EventMessage<?>> letter) {
        store.commit(new Commit().change(Table.DEAD_LETTERS, key(place), codec.encode(letter)));
    }

    void remove(RocksDeadLetter.Place place) {
        store.commit(new Commit().change(Table.DEAD_LETTERS, key(place), null));
    }

    @Nullable
    RocksDeadLetter get(RocksDeadLetter.Place place) {
        byte[] stored = store.database().get(Table.DEAD_LETTERS, key(place));
        return stored == null ? null : codec.decode(place, stored);
    }

    Instant touched(RocksDeadLetter.Place place) {
        byte[] stored = store.database().get(Table.DEAD_LETTERS, key(place));
        return stored == null ? Instant.MAX : glance(place, stored).lastTouched();
    }

    List<DeadLetter<? extends EventMessage<?>>> letters(String sequence) {
        List<DeadLetter<? extends EventMessage<?>>> letters = new ArrayList<>();
        byte[] prefix = Keys.join(group, Keys.prefix(sequence));
        store.database().scan(Table.DEAD_LETTERS, prefix, prefix, (key, value) -> {
            letters.add(codec.decode(place(key), value));
            return true;
        });
        return letters;
    }

    void clear() {
        List<byte[]> keys = new ArrayList<>();
        do {
            keys.clear();
            store.database().scan(Table.DEAD_LETTERS, group, group, (key, value) -> {
                keys.add(key);
                return keys.size() < CLEAR_STEP;
            });
            Commit commit = new Commit();
            keys.forEach(key -> commit.change(Table.DEAD_LETTERS, key, null));
            store.commit(commit);
        } while (!keys.isEmpty());
    }

    /** A damaged letter waits behind the others under a name of its own: it must not keep the store from starting. */
    private LetterCodec.Glance glance(RocksDeadLetter.Place place, byte[] stored) {
        try {
            return codec.glance(place, stored);
        } catch (StoreFault e) {
            LOG.error("{}", e.getMessage());
            return new LetterCodec.Glance("unreadable-" + place.number(), Instant.MAX);
        }
    }

    private byte[] key(RocksDeadLetter.Place place) {
        return Keys.join(group, Keys.numbered(place.sequence(), place.number()));
    }

    private RocksDeadLetter.Place place(byte[] key) {
        byte[] own = new byte[key.length - group.length];
        System.arraycopy(key, group.length, own, 0, own.length);
        return new RocksDeadLetter.Place(Keys.textOf(own), Keys.numberOf(own));
    }
}
