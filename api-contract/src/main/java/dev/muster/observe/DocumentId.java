package dev.muster.observe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Names one document for ever. Its uid may be given to another one after it was removed; what related to the removed
 * one does not relate to the new one.
 */
public record DocumentId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DocumentId {}

    @Override
    public String toString() {
        return value.toString();
    }
}
