package dev.muster.updates.goosebit;

import dev.muster.registry.DeviceAddresses;
import org.jspecify.annotations.Nullable;

/** Addresses of devices, as this wire shows those that the registry keeps. */
final class Addresses {

    private Addresses() {}

    /** The plain IPv4 address; null when it is of another kind, hidden or not known. */
    static @Nullable String v4(@Nullable String uri) {
        String host = DeviceAddresses.host(uri);
        return host == null || host.indexOf(':') >= 0 ? null : host;
    }

    /** The plain IPv6 address; null when it is of another kind, hidden or not known. */
    static @Nullable String v6(@Nullable String uri) {
        String host = DeviceAddresses.host(uri);
        return host == null || host.indexOf(':') < 0 ? null : host;
    }
}
