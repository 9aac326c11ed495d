package dev.muster.kernel;

import java.util.Map;
import java.util.Optional;

/**
 * Small things that must not be in history: names and passwords of people, keys. What is deleted here is gone. Writes
 * are durable when they return. Blocking; call it off the event loop.
 */
public interface Vault {

    void put(String key, byte[] value);

    Optional<byte[]> get(String key);

    boolean delete(String key);

    /** All entries whose key starts with {@code prefix}, in order of key. */
    Map<String, byte[]> scan(String prefix);
}
