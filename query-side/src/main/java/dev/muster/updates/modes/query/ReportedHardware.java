package dev.muster.updates.modes.query;

import dev.muster.updates.DeviceAttributes;
import dev.muster.updates.Hardware;
import java.util.Map;

/** What a device's attributes say it is: a missing or empty one counts as {@link Hardware#ANY}. */
final class ReportedHardware {

    private ReportedHardware() {}

    static Hardware of(Map<String, String> attributes) {
        return new Hardware(
                named(attributes.get(DeviceAttributes.BOARD)), named(attributes.get(DeviceAttributes.REVISION)));
    }

    private static String named(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isEmpty() ? Hardware.ANY : text;
    }
}
