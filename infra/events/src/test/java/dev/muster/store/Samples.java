package dev.muster.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** Events and stores to test with. */
final class Samples {

    static final Clock CLOCK = Clock.systemUTC();

    private Samples() {}

    static EmbeddedStore open(Path dir) {
        return EmbeddedStore.open(StoreSettings.at(dir), CLOCK);
    }

    static StoredEvent event(String aggregate, long sequence) {
        return event(UUID.randomUUID().toString(), aggregate, sequence, Instant.now());
    }

    static StoredEvent event(String id, String aggregate, long sequence, Instant at) {
        return new StoredEvent(
                StoredEvent.UNSTORED,
                id,
                at,
                "sample.happened",
                "1",
                "sample",
                aggregate,
                sequence,
                ("{\"aggregate\":\"" + aggregate + "\",\"number\":" + sequence + "}").getBytes(StandardCharsets.UTF_8),
                "{\"who\":\"test\"}".getBytes(StandardCharsets.UTF_8));
    }

    /** Appends events with sequences [from, to), one append each. */
    static void fill(EmbeddedStore store, String aggregate, long from, long to) {
        LongStream.range(from, to).forEach(sequence -> store.append(List.of(event(aggregate, sequence))));
    }
}
