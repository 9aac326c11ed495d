package dev.muster.observe.cos;

import dev.muster.observe.IpAddresses;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code Host} this server answers to (contract §1.2). A page of somebody else's that made its own name point
 * here would be sent with that name; so names must be known, and only plain addresses need not be.
 */
final class Hosts {

    private static final int LENGTH_MAX = 300;
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[A-Fa-f0-9:.]+])(:[0-9]{1,5})?");

    private final List<String> allowed;

    Hosts(List<String> allowed) {
        this.allowed =
                allowed.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether it is a host with or without a port, and so fit to stand in a link. */
    static boolean isHost(@Nullable String host) {
        return host != null && host.length() <= LENGTH_MAX && HOST.matcher(host).matches();
    }

    boolean accepts(@Nullable String host) {
        if (host == null || !isHost(host)) {
            return false;
        }
        String name = nameOf(host);
        if (name.startsWith("[")) {
            return IpAddresses.normalOrNull(name.substring(1, name.length() - 1)) != null;
        }
        return name.equals("localhost") || IpAddresses.normalOrNull(name) != null || isAllowed(name);
    }

    private boolean isAllowed(String name) {
        for (String each : allowed) {
            boolean fits = each.equals("*")
                    || each.equals(name)
                    || each.startsWith(".") && (name.endsWith(each) || name.equals(each.substring(1)));
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        String name = (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
