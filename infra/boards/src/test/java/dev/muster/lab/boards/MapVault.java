package dev.muster.lab.boards;

import dev.muster.kernel.Vault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A vault in memory. */
final class MapVault implements Vault {

    final ConcurrentSkipListMap<String, byte[]> entries = new ConcurrentSkipListMap<>();

    @Override
    public void put(String key, byte[] value) {
        entries.put(key, value.clone());
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
        return new LinkedHashMap<>(entries.subMap(prefix, prefix + Character.MAX_VALUE));
    }
}
