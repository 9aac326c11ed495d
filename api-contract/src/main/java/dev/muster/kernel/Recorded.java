package dev.muster.kernel;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log holds it.
 *
 * @param position global position, ascending without gaps on the embedded store
 * @param id unique id of the event
 * @param at when it was recorded
 * @param event the event itself, a record of a sealed parent
 * @param aggregate identifier of the aggregate it belongs to, null for events outside any
 * @param sequence its number within the aggregate, from 0
 * @param metadata who and why, keys in {@link Provenance}
 */
public record Recorded(
        long position,
        String id,
        Instant at,
        Object event,
        @Nullable String aggregate,
        long sequence,
        Map<String, Object> metadata) {}
