package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;

/** What agents have and should have is a JSON object of a bounded size, kept as the text it came as. */
final class ObjectText {

    static final int LENGTH_MAX = 1 << 20;

    private ObjectText() {}

    /** Refused with {@link ConfigRefusal#BAD_REQUEST} or {@link ConfigRefusal#TOO_LARGE}. */
    static Json.Members read(String text) {
        if (text.length() > LENGTH_MAX) {
            throw ConfigRefusal.TOO_LARGE.because("A configuration has at most " + LENGTH_MAX + " characters.");
        }
        try {
            if (JsonReader.read(text) instanceof Json.Members members) {
                return members;
            }
        } catch (JsonFault fault) {
            throw ConfigRefusal.BAD_REQUEST.because("The configuration is no JSON: " + fault.getMessage() + ".");
        }
        throw ConfigRefusal.BAD_REQUEST.because("A configuration is a JSON object.");
    }
}
