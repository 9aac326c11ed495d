package dev.muster.lab.boards;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.boards.ucl.Place;
import dev.muster.lab.boards.ucl.UclFault;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a configuration, as an answer. Messages name keys and never show values: they may be secrets. */
final class Faults {

    private Faults() {}

    /** @param problem a sentence */
    static Refused at(Place place, @Nullable String board, String problem) {
        Map<String, Object> details = new HashMap<>(Map.of("line", place.line(), "column", place.column()));
        StringBuilder message = new StringBuilder();
        if (place.file() != null) {
            details.put("file", place.file());
            message.append(place.file()).append(", ");
        }
        message.append("line ").append(place.line()).append(", column ").append(place.column());
        if (board != null) {
            details.put("board", board);
            message.append(", board '").append(board).append('\'');
        }
        return LabRefusal.CONFIGURATION_INVALID.because(
                message.append(": ").append(problem).toString(), details);
    }

    static Refused of(UclFault fault) {
        return at(fault.place(), null, String.valueOf(fault.getMessage()));
    }

    /** About a file as a whole. */
    static Refused ofFile(String file, String problem) {
        return at(new Place(1, 1, file), null, problem);
    }
}
