package dev.muster.updates.ddi;

import dev.muster.kernel.Percent;
import org.jspecify.annotations.Nullable;

/**
 * A path of this wire taken apart by scanning: {@code /{tenant}/controller/v1/{device}[/rest]}.
 *
 * @param tenant decoded; empty in {@code /controller/v1/…}
 * @param device decoded; empty when the path ends before it
 * @param rest raw, what follows the device without its slash; null when nothing does
 */
record DevicePath(String tenant, String device, @Nullable String rest) {

    private static final String BASE = "/controller/v1";

    /** True for paths that belong to this wire. */
    static boolean serves(String path) {
        int base = path.startsWith(BASE) ? 0 : path.indexOf('/', 1);
        if (base < 0 || !path.startsWith(BASE, base)) {
            return false;
        }
        int end = base + BASE.length();
        return end == path.length() || path.charAt(end) == '/';
    }

    /** Takes a served path apart; fails with 400 for what no client sends in good faith. */
    static DevicePath of(String path) {
        boolean encoded = onlyHarmless(path);
        int base = path.startsWith(BASE) ? 0 : path.indexOf('/', 1);
        String tenant = base == 0 ? "" : path.substring(1, base);
        int start = base + BASE.length() + 1;
        if (start > path.length()) {
            return new DevicePath(decoded(tenant), "", null);
        }
        int end = path.indexOf('/', start);
        String device = end < 0 ? path.substring(start) : path.substring(start, end);
        if (encoded) {
            tenant = decoded(tenant);
            device = decoded(device);
        }
        if (device.equals(".") || device.equals("..")) {
            throw DdiFailure.badRequest();
        }
        return new DevicePath(tenant, device, end < 0 ? null : path.substring(end + 1));
    }

    /** Refuses what servers and proxies are known to read differently; says whether anything is percent-encoded. */
    private static boolean onlyHarmless(String path) {
        boolean encoded = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ';' || c == '\\') {
                throw DdiFailure.badRequest();
            }
            if (c == '%') {
                encoded = true;
                String octet = i + 2 < path.length() ? path.substring(i + 1, i + 3) : "";
                if (octet.equals("00") || octet.equalsIgnoreCase("2f") || octet.equalsIgnoreCase("5c")) {
                    throw DdiFailure.badRequest();
                }
            }
        }
        return encoded;
    }

    /** Percent-decodes one segment as UTF-8; fails with 400 when it is not that. */
    static String decoded(String segment) {
        String text = Percent.decodedOrNull(segment);
        if (text == null) {
            throw DdiFailure.badRequest();
        }
        return text;
    }

    /** Percent-encodes one segment: only what RFC 3986 calls unreserved stays. */
    static String encoded(String segment) {
        return Percent.encoded(segment);
    }
}
