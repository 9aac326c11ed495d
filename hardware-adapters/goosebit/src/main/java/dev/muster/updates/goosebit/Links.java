package dev.muster.updates.goosebit;

import dev.muster.kernel.Percent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Where a device finds what it is told of: below the tenant that it asked under, at the address at which it found this
 * server, unless the settings have a public one (contract §2.2). Each part is one percent-encoded segment.
 */
final class Links {

    private static final int HOST_LENGTH_MAX = 255;

    private final GoosebitPorts ports;
    private final GoosebitSettings settings;

    Links(GoosebitPorts ports, GoosebitSettings settings) {
        this.ports = ports;
        this.settings = settings;
    }

    String configData(Visit visit, DevicePath path) {
        return of(visit, path, ports.settings().get().publicBaseUrl(), "configData");
    }

    String deployment(Visit visit, DevicePath path, long number) {
        return of(visit, path, ports.settings().get().publicBaseUrl(), "deploymentBase/" + number);
    }

    String download(Visit visit, DevicePath path) {
        String downloads = ports.settings().get().downloadBaseUrl();
        String base = downloads == null || downloads.isBlank()
                ? ports.settings().get().publicBaseUrl()
                : downloads;
        return of(visit, path, base, "download");
    }

    private String of(Visit visit, DevicePath path, @Nullable String base, String rest) {
        return (base == null || base.isBlank() ? origin(visit) : trimmed(base)) + settings.prefix() + "/"
                + Percent.encoded(path.tenant()) + "/controller/v1/" + Percent.encoded(path.device()) + "/" + rest;
    }

    /** Scheme, host and port as the client sees this server. */
    String origin(Visit visit) {
        String host = visit.headers.getFirst(HttpHeaders.HOST);
        if (host == null || !isHost(host)) {
            throw WireFailure.detail(400, "Invalid host header");
        }
        return (ports.peers().isSecure(visit.request) ? "https://" : "http://") + host;
    }

    private static String trimmed(String url) {
        String base = url.strip();
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        return base;
    }

    /** Only what a host and port are made of gets into a link. */
    static boolean isHost(String host) {
        return !host.isEmpty()
                && host.length() <= HOST_LENGTH_MAX
                && host.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || ".-_:[]".indexOf(c) >= 0);
    }
}
