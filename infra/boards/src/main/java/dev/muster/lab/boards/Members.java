package dev.muster.lab.boards;

import dev.muster.kernel.Refused;
import dev.muster.lab.boards.ucl.Place;
import dev.muster.lab.boards.ucl.Shown;
import dev.muster.lab.boards.ucl.UclValue;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The members of an object, asked for by name. */
record Members(UclValue.Section section, Reading reading) {

    @Nullable
    UclValue find(String name) {
        return section.members().get(name);
    }

    UclValue get(String name) {
        UclValue value = find(name);
        if (value == null) {
            throw fault("'" + name + "' is missing.");
        }
        return value;
    }

    @Nullable
    String text(String name) {
        return optional(name, reading::text);
    }

    <T> @Nullable T optional(String name, BiFunction<String, UclValue, T> reader) {
        UclValue value = find(name);
        return value == null ? null : reader.apply(name, value);
    }

    /** Refuses members that mean nothing: they are mistyped, and what they should say would be missing in silence. */
    void onlyKnow(Collection<String> names) {
        section.members().forEach((name, value) -> {
            if (!names.contains(name)) {
                throw reading.fault(
                        value.place(),
                        "'" + Shown.of(name) + "' is not known here, only " + String.join(", ", new TreeSet<>(names))
                                + ".");
            }
        });
    }

    Place place() {
        return section.place();
    }

    Refused fault(String problem) {
        return reading.fault(place(), problem);
    }
}
