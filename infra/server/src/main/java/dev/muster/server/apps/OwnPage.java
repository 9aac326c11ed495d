package dev.muster.server.apps;

import dev.muster.identity.IdentityRefusal;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * Whose page a browser speaks for (RFC 6454). It lets every page open a WebSocket to everywhere, with the cookies of
 * its owner, and only says which page it was.
 */
final class OwnPage {

    private static final Pattern WITH_PORT = Pattern.compile(".*:\\d{1,5}");

    private OwnPage() {}

    /** Refuses pages of other servers. Programs that are no browser say nothing, and carry no cookies of others. */
    static void only(HttpHeaders headers) {
        List<String> origins = headers.getOrEmpty(HttpHeaders.ORIGIN);
        if (!origins.isEmpty() && !isOwn(origins, headers.getOrEmpty(HttpHeaders.HOST))) {
            throw IdentityRefusal.NOT_ALLOWED.because("A page of another server may not open this.");
        }
    }

    private static boolean isOwn(List<String> origins, List<String> hosts) {
        if (origins.size() != 1 || hosts.size() != 1) {
            return false;
        }
        try {
            URI page = URI.create(origins.getFirst());
            return page.getRawAuthority() != null && isOf(page, hosts.getFirst());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Where the host has no port, the page has the usual one, or a proxy in between took it away. */
    private static boolean isOf(URI page, String host) {
        String authority = page.getRawAuthority();
        if (WITH_PORT.matcher(host).matches()) {
            String port = "https".equalsIgnoreCase(page.getScheme()) ? ":443" : ":80";
            return host.equalsIgnoreCase(WITH_PORT.matcher(authority).matches() ? authority : authority + port);
        }
        return host.equalsIgnoreCase(page.getHost());
    }
}
