package dev.muster.updates.goosebit;

import org.jspecify.annotations.Nullable;

/** Addresses of devices, as the registry keeps them and as this wire shows them. */
final class Addresses {

    static final String HIDDEN = "http://***";

    private static final String SCHEME = "http://";

    private Addresses() {}

    static String uri(String address) {
        return address.indexOf(':') < 0 ? SCHEME + address : SCHEME + "[" + address + "]";
    }

    /** The plain IPv4 address; null when it is of another kind, hidden or not known. */
    static @Nullable String v4(@Nullable String uri) {
        String host = host(uri);
        return host == null || host.indexOf(':') >= 0 ? null : host;
    }

    /** The plain IPv6 address; null when it is of another kind, hidden or not known. */
    static @Nullable String v6(@Nullable String uri) {
        String host = host(uri);
        return host == null || host.indexOf(':') < 0 ? null : host;
    }

    private static @Nullable String host(@Nullable String uri) {
        if (uri == null || uri.equals(HIDDEN) || !uri.startsWith(SCHEME)) {
            return null;
        }
        String rest = uri.substring(SCHEME.length());
        if (rest.startsWith("[")) {
            int end = rest.indexOf(']');
            return end < 0 ? null : rest.substring(1, end);
        }
        int colon = rest.indexOf(':');
        return colon < 0 ? rest : rest.substring(0, colon);
    }
}
