package dev.muster.observe.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host in a device's address, which the registry keeps as {@code 10.0.0.1} or {@code http://[fd00::1]}. */
final class ScrapeAddress {

    private static final Pattern HOST = Pattern.compile("(?:[a-z][a-z0-9+.-]*://)?"
            + "(?:\\[(?<bracketed>[0-9A-Fa-f:.]+)(?:%[^\\]]*)?](?::[0-9]+)?"
            + "|(?<bare>(?=[^:/]*:[^:/]*:)[0-9A-Fa-f:.]+)(?:%[^/]*)?"
            + "|(?<plain>[A-Za-z0-9._-]+)(?::[0-9]+)?)"
            + "(?:[/?#].*)?");

    private ScrapeAddress() {}

    /** {@code host:port} as Prometheus writes targets, IPv6 in brackets; null when there is no host to be found. */
    static @Nullable String target(String address, int port) {
        Matcher host = HOST.matcher(address);
        if (!host.matches()) {
            return null;
        }
        String plain = host.group("plain");
        if (plain != null) {
            return plain + ":" + port;
        }
        String bracketed = host.group("bracketed");
        return "[" + (bracketed == null ? host.group("bare") : bracketed) + "]:" + port;
    }
}
