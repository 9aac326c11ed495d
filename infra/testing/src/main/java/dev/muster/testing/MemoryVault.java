package dev.muster.testing;

import dev.muster.kernel.Vault;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A vault that is a map. */
public final class MemoryVault implements Vault {

    private final Map<String, byte[]> entries = new ConcurrentHashMap<>();

    /** What is in it, by key; changes to it are changes of the vault. */
    public Map<String, byte[]> entries() {
        return entries;
    }

    @Override
    public void put(String key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public boolean delete(String key) {
        return entries.remove(key) != null;
    }

    @Override
    public Map<String, byte[]> scan(String prefix) {
        Map<String, byte[]> found = new TreeMap<>(entries);
        found.keySet().removeIf(key -> !key.startsWith(prefix));
        return found;
    }
}
