package dev.muster.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Small values that must never be in events because they must be erasable: secrets, personal data, keys of encrypted
 * data. Durable when a call returns. The vault stores bytes as given; encrypting them is the caller's part.
 */
public final class Vault {

    /** A value under its key. */
    @SuppressWarnings("ArrayRecordComponent") // passed through, never compared
    public record Entry(String key, byte[] value) {}

    private final EmbeddedStore store;

    public Vault(EmbeddedStore store) {
        this.store = store;
    }

    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(store.database().get(Table.VAULT, Keys.ofText(key)));
    }

    /** Keeps the value, in the place of any other under this key. */
    public void put(String key, byte[] value) {
        store.commit(new Commit().change(Table.VAULT, Keys.ofText(key), value));
    }

    /** Removes the value. It can no longer be read; {@link #scrub} removes its bytes from the files as well. */
    public void delete(String key) {
        store.commit(new Commit().change(Table.VAULT, Keys.ofText(key), null));
    }

    /** Entries whose keys start with the prefix and come after {@code after} (empty for the first page), in order. */
    public List<Entry> scan(String prefix, String after, int max) {
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] from = after.isEmpty() ? start : Keys.prefix(after);
        List<Entry> entries = new ArrayList<>();
        if (max > 0) {
            store.database().scan(Table.VAULT, from, start, (key, value) -> {
                entries.add(new Entry(new String(key, StandardCharsets.UTF_8), value));
                return entries.size() < max;
            });
        }
        return entries;
    }

    /**
     * Rewrites the vault's files without what was deleted or replaced, for erasures that must be final. Back-ups made
     * before still have it.
     */
    public void scrub() {
        store.database().scrub(Table.VAULT);
    }
}
