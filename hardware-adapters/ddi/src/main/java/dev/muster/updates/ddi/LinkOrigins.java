package dev.muster.updates.ddi;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The origin of links as the device saw this server: its own {@code Host}, or what a trusted proxy says of it
 * (RFC 7239 {@code Forwarded}, else {@code X-Forwarded-*}). A fixed public URL in the settings beats both.
 */
final class LinkOrigins {

    private static final int HOST_LENGTH_MAX = 255;
    private static final int KNOWN_MAX = 1024;

    private final Map<String, Origin> plain = new ConcurrentHashMap<>();
    private final Map<String, Origin> secure = new ConcurrentHashMap<>();

    /** @param proxied whether the request came from a trusted proxy */
    Origin of(TenantRules rules, HttpHeaders headers, String fallbackHost, boolean tls, boolean proxied) {
        Origin fixed = rules.fixedOrigin();
        if (fixed != null) {
            return fixed;
        }
        String host = headers.getFirst(HttpHeaders.HOST);
        boolean https = tls;
        if (proxied) {
            Seen seen = seen(headers);
            host = seen.host != null ? seen.host : host;
            https = seen.proto != null ? seen.proto.equals("https") : tls;
        }
        return known(host == null || host.isEmpty() ? fallbackHost : host, https, rules);
    }

    private Origin known(String host, boolean https, TenantRules rules) {
        String downloads = rules.settings().downloadBaseUrl();
        String key = downloads == null ? host : host + ' ' + downloads;
        Map<String, Origin> origins = https ? secure : plain;
        Origin known = origins.get(key);
        if (known != null) {
            return known;
        }
        if (!isHost(host)) {
            throw DdiFailure.badRequest();
        }
        if (origins.size() >= KNOWN_MAX) {
            origins.clear();
        }
        return origins.computeIfAbsent(key, k -> Origin.of((https ? "https://" : "http://") + host, downloads));
    }

    private record Seen(@Nullable String host, @Nullable String proto) {}

    private static Seen seen(HttpHeaders headers) {
        String forwarded = headers.getFirst("Forwarded");
        if (forwarded != null) {
            return new Seen(parameter(forwarded, "host"), lower(parameter(forwarded, "proto")));
        }
        String proto = lower(first(headers.getFirst("X-Forwarded-Proto")));
        String host = first(headers.getFirst("X-Forwarded-Host"));
        String port = first(headers.getFirst("X-Forwarded-Port"));
        if (host != null && port != null && host.lastIndexOf(':') <= host.lastIndexOf(']')) {
            boolean standard = port.equals("https".equals(proto) ? "443" : "80");
            host = standard ? host : host + ":" + port;
        }
        return new Seen(host, proto);
    }

    private static @Nullable String first(@Nullable String list) {
        if (list == null) {
            return null;
        }
        int comma = list.indexOf(',');
        String first = (comma < 0 ? list : list.substring(0, comma)).strip();
        return first.isEmpty() ? null : first;
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** A parameter of the first element of a {@code Forwarded} header. */
    private static @Nullable String parameter(String forwarded, String name) {
        int comma = forwarded.indexOf(',');
        for (String pair : (comma < 0 ? forwarded : forwarded.substring(0, comma)).split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
                String value = pair.substring(equals + 1).strip();
                return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value;
            }
        }
        return null;
    }

    /** Only what a host and port are made of gets into a link. */
    private static boolean isHost(String host) {
        if (host.isEmpty() || host.length() > HOST_LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '-'
                    || c == '_'
                    || c == ':'
                    || c == '['
                    || c == ']';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
