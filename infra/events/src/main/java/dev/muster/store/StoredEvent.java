package dev.muster.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event (or snapshot) as the store holds it: serialised content and the facts around it. The arrays are shared, not
 * copied: do not write to them.
 *
 * @param position global position, from 0 and without gaps; {@link #UNSTORED} before the commit
 * @param id unique id of the event
 * @param timestamp when it was recorded
 * @param type name of the payload's type
 * @param revision revision of the payload's type, or null
 * @param aggregateType type of the aggregate, or null
 * @param aggregateId identifier of the aggregate; null for events outside any
 * @param sequence number within the aggregate, from 0; 0 for events outside any
 * @param payload serialised payload
 * @param metadata serialised metadata
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere, and a copy per read would cost more than it protects
public record StoredEvent(
        long position,
        String id,
        Instant timestamp,
        String type,
        @Nullable String revision,
        @Nullable String aggregateType,
        @Nullable String aggregateId,
        long sequence,
        byte[] payload,
        byte[] metadata) {

    /** The position of an event that is not committed yet. */
    public static final long UNSTORED = -1;

    /** The id under which it is indexed: its aggregate's, or its own when it belongs to none. */
    public String stream() {
        return aggregateId == null ? id : aggregateId;
    }

    StoredEvent at(long newPosition) {
        return new StoredEvent(
                newPosition, id, timestamp, type, revision, aggregateType, aggregateId, sequence, payload, metadata);
    }
}
