package dev.muster.config;

import dev.muster.registry.DeviceId;
import java.util.regex.Pattern;

/**
 * The settings of one snap on one device.
 *
 * @param snap its name, with the key of a parallel instance: {@code network-agent}, {@code network-agent_two}
 */
public record SnapSettingsId(DeviceId device, String snap) {

    private static final Pattern SNAP = Pattern.compile("[a-z0-9](?:-?[a-z0-9]){0,39}+(?:_[a-z0-9]{1,10})?");

    /** Refused with {@link ConfigRefusal#BAD_REQUEST} when there is no snap of that name. */
    public SnapSettingsId {
        if (!SNAP.matcher(snap).matches()) {
            throw ConfigRefusal.BAD_REQUEST.because("'" + snap + "' is no name of a snap.");
        }
    }

    /** Whose key its values are sealed with: that of the device, as in its databags. */
    public String keyOwner() {
        return Layer.actual(device).keyOwner();
    }

    @Override
    public String toString() {
        return device + "/" + snap;
    }
}
