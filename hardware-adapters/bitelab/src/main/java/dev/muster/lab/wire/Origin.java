package dev.muster.lab.wire;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** Whose page a browser speaks for (RFC 6454). It lets every page open a WebSocket to everywhere, and only says which. */
final class Origin {

    private static final Pattern WITH_PORT = Pattern.compile(".*:\\d{1,5}");

    private Origin() {}

    /** Whether it is a page of the very server that is asked. */
    static boolean isOwn(HttpHeaders headers) {
        List<String> origins = headers.getOrEmpty(HttpHeaders.ORIGIN);
        List<String> hosts = headers.getOrEmpty(HttpHeaders.HOST);
        if (origins.size() != 1 || hosts.size() != 1) {
            return false;
        }
        try {
            URI page = URI.create(origins.getFirst());
            String port = "https".equalsIgnoreCase(page.getScheme()) ? ":443" : ":80";
            return page.getRawAuthority() != null
                    && withPort(page.getRawAuthority(), port).equals(withPort(hosts.getFirst(), port));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A proxy that ends TLS leaves out the same port that the page leaves out. */
    private static String withPort(String authority, String port) {
        String lower = authority.toLowerCase(Locale.ROOT);
        return WITH_PORT.matcher(lower).matches() ? lower : lower + port;
    }
}
