package dev.muster.updates.command;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.updates.ActionCommand.ProveHealth;
import dev.muster.updates.DeviceAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The version that a device says to run: its attribute {@code sw_version}, as SWUpdate reports it, else {@code version}. */
final class ReportedVersion {

    private static final List<String> ATTRIBUTES = List.of(DeviceAttributes.VERSION, "version");

    private ReportedVersion() {}

    /** What a device's report says of its health; null for what is no report, or names no version. */
    static @Nullable ProveHealth in(Recorded recorded) {
        if (recorded.event() instanceof AttributesReported report) {
            for (String name : ATTRIBUTES) {
                String version = report.attributes().get(name);
                if (version != null && !version.isBlank()) {
                    return new ProveHealth(report.deviceId(), version.strip(), recorded.at());
                }
            }
        }
        return null;
    }
}
