package dev.muster.updates.bundles.libconfig;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One value of a libconfig text. Values are immutable and keep the order in which they were written. */
public sealed interface Setting {

    /** Named settings: {@code { name = value; … }}, and the text as a whole. */
    record Group(Map<String, Setting> members) implements Setting {
        public Group {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** Values of any kind: {@code ( value, … )}. */
    record Items(List<Setting> values) implements Setting {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** Scalars of one kind: {@code [ value, … ]}. */
    record Array(List<Setting> values) implements Setting {
        public Array {
            values = List.copyOf(values);
        }
    }

    /** A string, its escapes resolved and adjacent pieces joined. */
    record Text(String value) implements Setting {}

    /** An integer of either of libconfig's two widths. Hexadecimal, octal and binary ones may wrap into the negative. */
    record Whole(long value) implements Setting {}

    /** A floating-point number, always finite. */
    record Real(double value) implements Setting {}

    /** A boolean. */
    record Truth(boolean value) implements Setting {}
}
