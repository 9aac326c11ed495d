package dev.muster.config;

import dev.muster.registry.DeviceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was done with secrets, for the audit: who is in the event's provenance, and values are nowhere. */
public sealed interface SecretsEvent {

    /** The identifier of what it is about. It belongs to no aggregate: reading changes nothing. */
    String target();

    /**
     * Somebody read secrets in clear.
     *
     * @param layer whose, or the device's own for all that it should have
     * @param view the view, or null when it was none
     * @param paths storage paths, or requests of a view; without values
     */
    record SecretsRead(
            RegistryId registry, Layer layer, @Nullable String view, List<String> paths, Way way)
            implements SecretsEvent {

        @Override
        public String target() {
            return new DatabagId(registry, layer).aggregateId();
        }
    }

    /**
     * Somebody other than the device read what one of its snaps is set to.
     *
     * @param keys as they were asked for; none for all
     */
    record SnapSettingsRead(DeviceId device, String snap, List<String> keys) implements SecretsEvent {

        @Override
        public String target() {
            return "snap-settings/" + device + "/" + snap;
        }
    }

    /** A device's key was destroyed, and with it every secret that was sealed for it. */
    record KeyDestroyed(DeviceId device) implements SecretsEvent {

        @Override
        public String target() {
            return "device/" + device;
        }
    }

    /** How secrets were read. */
    enum Way {
        /** A databag as it is or was. */
        VALUES,
        VIEW,
        /** What a device should have, asked by an operator. */
        WANTED,
        /** What a device should have, followed by somebody with a token of this server. */
        FOLLOWED
    }
}
