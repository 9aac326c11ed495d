package dev.muster.store;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter on disk: format (1 byte, now 1), enqueued and last touched (seconds as 8, nanoseconds as 4 bytes each),
 * counted event record (see {@link RecordCodec}, sealed for position 0), token, text cause type, text cause message,
 * counted diagnostics. Content stays as it was serialised, so that an event nobody can read may lie here as well.
 */
final class LetterCodec {

    private static final byte FORMAT = 1;
    private static final int CAUSE_CHARS_MAX = 1_000;

    private final Serializer events;
    private final Serializer tokens;
    private final Clock clock;

    LetterCodec(Serializer events, Serializer tokens, Clock clock) {
        this.events = events;
        this.tokens = tokens;
        this.clock = clock;
    }

    byte[] encode(DeadLetter<? extends EventMessage<?>> letter) {
        EventMessage<?> message = letter.message();
        byte[] event = RecordCodec.encode(EventView.unstored(message, events));
        RecordCodec.seal(event, 0);
        var out = new ByteArrayOutputStream(event.length + 256);
        out.write(FORMAT);
        Bytes.writeInstant(out, letter.enqueuedAt());
        Bytes.writeInstant(out, letter.lastTouched());
        Bytes.writeBytes(out, event);
        TokenCodec.write(
                out, message instanceof TrackedEventMessage<?> tracked ? tracked.trackingToken() : null, tokens);
        Cause cause = letter.cause().orElse(null);
        Bytes.writeText(out, cause == null ? null : cause.type());
        Bytes.writeText(out, cause == null ? null : shortened(cause.message()));
        Bytes.writeBytes(
                out, events.serialize(letter.diagnostics(), byte[].class).getData());
        return out.toByteArray();
    }

    RocksDeadLetter decode(RocksDeadLetter.Place place, byte[] stored) {
        try {
            ByteBuffer in = ByteBuffer.wrap(stored);
            byte format = in.get();
            if (format != FORMAT) {
                throw new StoreFault(StoreFault.Reason.NEWER_FORMAT, "dead letter " + place + " has format " + format);
            }
            Instant enqueuedAt = Bytes.readInstant(in);
            Instant lastTouched = Bytes.readInstant(in);
            StoredEvent event = RecordCodec.decode(0, Bytes.readBytes(in));
            TrackingToken token = TokenCodec.read(in, tokens);
            String type = Bytes.readText(in);
            String text = Bytes.readText(in);
            MetaData diagnostics = events.deserialize(new SerializedMetaData<>(Bytes.readBytes(in), byte[].class));
            Cause cause = type == null ? null : cause(type, text);
            return new RocksDeadLetter(
                    place, message(event, token), cause, enqueuedAt, lastTouched, diagnostics, clock);
        } catch (BufferUnderflowException e) {
            throw damaged(place, e);
        }
    }

    /** The identifier of a stored letter's event and when it was last touched, without reading its content. */
    Glance glance(RocksDeadLetter.Place place, byte[] stored) {
        try {
            ByteBuffer in = ByteBuffer.wrap(stored);
            requireFormat(place, in.get());
            Bytes.readInstant(in);
            Instant lastTouched = Bytes.readInstant(in);
            return new Glance(RecordCodec.decode(0, Bytes.readBytes(in)).id(), lastTouched);
        } catch (BufferUnderflowException e) {
            throw damaged(place, e);
        }
    }

    /** What the queue remembers of a letter. */
    record Glance(String eventId, Instant lastTouched) {}

    private EventMessage<?> message(StoredEvent event, @Nullable TrackingToken token) {
        var content = new SerializedMessage<Object>(
                event.id(),
                new SimpleSerializedObject<>(event.payload(), byte[].class, event.type(), event.revision()),
                new SerializedMetaData<>(event.metadata(), byte[].class),
                events);
        String aggregate = event.aggregateId();
        String aggregateType = event.aggregateType();
        if (aggregate == null) {
            return token == null
                    ? new GenericEventMessage<>(content, event::timestamp)
                    : new GenericTrackedEventMessage<>(token, content, event::timestamp);
        }
        return token == null
                ? new GenericDomainEventMessage<>(aggregateType, aggregate, event.sequence(), content, event::timestamp)
                : new GenericTrackedDomainEventMessage<>(
                        token, aggregateType, aggregate, event.sequence(), content, event::timestamp);
    }

    private static void requireFormat(RocksDeadLetter.Place place, byte format) {
        if (format != FORMAT) {
            throw new StoreFault(StoreFault.Reason.NEWER_FORMAT, "dead letter " + place + " has format " + format);
        }
    }

    private static StoreFault damaged(RocksDeadLetter.Place place, BufferUnderflowException cause) {
        return new StoreFault(StoreFault.Reason.DAMAGED, "dead letter " + place + " is damaged", cause);
    }

    @SuppressWarnings("NullAway") // a cause without a message is common, and Axon's class takes it
    private static Cause cause(String type, @Nullable String text) {
        return new ThrowableCause(type, text);
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= CAUSE_CHARS_MAX ? text : text.substring(0, CAUSE_CHARS_MAX);
    }
}
