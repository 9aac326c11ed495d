package dev.muster.server.http;

import java.time.Instant;
import java.util.Optional;

/** Where answers to keyed requests are kept. Blocking; durable when a call returns. */
public interface IdempotencyRecords {

    /** The value of a key unless it has expired. */
    Optional<byte[]> get(String key);

    /** Keeps the value, whatever was there. */
    void put(String key, byte[] value, Instant expires);
}
