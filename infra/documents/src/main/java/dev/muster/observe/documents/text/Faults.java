package dev.muster.observe.documents.text;

import dev.muster.kernel.Refused;
import dev.muster.observe.ObserveRefusal;
import java.util.HashMap;
import java.util.Map;

/** What is wrong with a text, as an answer. */
public final class Faults {

    private Faults() {}

    /** The refusal with the place in its message and, as far as known, in its details. */
    public static Refused refused(ObserveRefusal code, TextFault fault) {
        Map<String, Object> details = new HashMap<>();
        details.put("fault", fault.kind().wireName());
        String message = fault.problem();
        if (fault.line() > 0) {
            details.put("line", fault.line());
            details.put("column", fault.column());
            message = "line %d, column %d: %s".formatted(fault.line(), fault.column(), message);
        }
        return code.because(message, details);
    }
}
