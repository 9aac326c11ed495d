package dev.muster.lab;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one reservation for ever; a queued request and the reservation that comes of it have the same. */
public record ReservationId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReservationId {}

    @Override
    public String toString() {
        return value.toString();
    }
}
