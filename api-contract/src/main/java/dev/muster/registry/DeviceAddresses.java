package dev.muster.registry;

import org.jspecify.annotations.Nullable;

/** Addresses from which devices came, as the registry keeps them: {@code http://10.0.0.1}, IPv6 in brackets. */
public final class DeviceAddresses {

    /** Stands for an address that must not be kept, or that nobody knows. */
    public static final String HIDDEN = "http://***";

    private static final String SCHEME = "http://";

    private DeviceAddresses() {}

    /**
     * The form in which an address is kept.
     *
     * @param address a plain IPv4 or IPv6 address, whose zone is left out; null when it is not known
     * @param tracked whether it may be kept
     */
    public static String kept(@Nullable String address, boolean tracked) {
        if (!tracked || address == null) {
            return HIDDEN;
        }
        if (address.indexOf(':') < 0) {
            return SCHEME + address;
        }
        int zone = address.indexOf('%');
        return SCHEME + "[" + (zone < 0 ? address : address.substring(0, zone)) + "]";
    }

    /**
     * The plain address or the host in one that is kept; null when it is hidden, not known, or of another form.
     *
     * @param kept as this class writes it; people may have registered one with a port, which is left out
     */
    public static @Nullable String host(@Nullable String kept) {
        if (kept == null || kept.equals(HIDDEN) || !kept.startsWith(SCHEME)) {
            return null;
        }
        String rest = kept.substring(SCHEME.length());
        if (rest.startsWith("[")) {
            int end = rest.indexOf(']');
            return end < 0 ? null : rest.substring(1, end);
        }
        int colon = rest.indexOf(':');
        return colon < 0 ? rest : rest.substring(0, colon);
    }
}
