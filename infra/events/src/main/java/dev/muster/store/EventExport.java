package dev.muster.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Events as newline-delimited JSON, one object per line: {@code position, id, time, type, revision, aggregateType,
 * aggregate, sequence, payload, metadata}. Members that are null are left out. Content that is not JSON stands in
 * {@code payloadBase64} or {@code metadataBase64} instead.
 */
public final class EventExport {

    private static final int STEP = 500;

    private final JsonFactory json = new JsonFactory();
    private final EmbeddedStore store;

    public EventExport(EmbeddedStore store) {
        this.store = store;
    }

    /**
     * Writes the events at [from, to], both included; what is committed later than the call is left out.
     *
     * @param from first position, 0 for the start
     * @param to last position; {@link Long#MAX_VALUE} for the newest
     * @return how many events were written
     */
    public long write(long from, long to, OutputStream out) throws IOException {
        long last = Math.min(to, store.committed());
        long written = 0;
        for (long next = Math.max(0, from); next <= last; ) {
            List<StoredEvent> events = store.read(next, (int) Math.min(STEP, last - next + 1));
            for (StoredEvent event : events) {
                out.write(line(event).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
            written += events.size();
            next += events.size();
        }
        out.flush();
        return written;
    }

    private String line(StoredEvent event) {
        var line = new StringWriter();
        try (JsonGenerator to = json.createGenerator(ObjectWriteContext.empty(), line)) {
            to.writeStartObject();
            to.writeNumberProperty("position", event.position());
            to.writeStringProperty("id", event.id());
            to.writeStringProperty("time", event.timestamp().toString());
            to.writeStringProperty("type", event.type());
            if (event.revision() != null) {
                to.writeStringProperty("revision", event.revision());
            }
            if (event.aggregateType() != null) {
                to.writeStringProperty("aggregateType", event.aggregateType());
            }
            if (event.aggregateId() != null) {
                to.writeStringProperty("aggregate", event.aggregateId());
                to.writeNumberProperty("sequence", event.sequence());
            }
            content(to, "payload", event.payload());
            content(to, "metadata", event.metadata());
            to.writeEndObject();
        }
        return line.toString();
    }

    private void content(JsonGenerator to, String name, byte[] bytes) {
        if (isJson(bytes)) {
            try (JsonParser from = json.createParser(ObjectReadContext.empty(), bytes)) {
                from.nextToken();
                to.writeName(name);
                to.copyCurrentStructureExact(from);
            }
        } else {
            to.writeStringProperty(name + "Base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** One JSON value and nothing behind it. */
    private boolean isJson(byte[] bytes) {
        try (JsonParser from = json.createParser(ObjectReadContext.empty(), bytes)) {
            JsonToken first = from.nextToken();
            if (first == null) {
                return false;
            }
            from.skipChildren();
            from.getString();
            return from.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
