package dev.muster.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A person, by a number that says nothing about them: names live in the vault, never in history. */
public record UserId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UserId {}

    /** Reads the text form; refuses anything else as unknown. */
    public static UserId parse(String text) {
        try {
            return new UserId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw IdentityRefusal.USER_UNKNOWN.because("No user has the id " + text + ".");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
