package dev.muster.updates.modes.query;

import dev.muster.updates.Hardware;
import java.util.Map;

/** What a device's attributes say it is: a missing or empty one counts as {@link Hardware#ANY}. */
final class ReportedHardware {

    private static final String MODEL = "hw_boardname";
    private static final String REVISION = "hw_revision";

    private ReportedHardware() {}

    static Hardware of(Map<String, String> attributes) {
        return new Hardware(named(attributes.get(MODEL)), named(attributes.get(REVISION)));
    }

    private static String named(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isEmpty() ? Hardware.ANY : text;
    }
}
