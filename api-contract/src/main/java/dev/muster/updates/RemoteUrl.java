package dev.muster.updates;

import dev.muster.kernel.Percent;
import dev.muster.kernel.Refused;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The http or https address of a file, read strictly: whatever two programs might read in two ways is none. What is
 * said about a bad one never repeats it, since nobody knows yet where its password is.
 */
public final class RemoteUrl {

    public static final int LENGTH_MAX = 2000;

    private static final int PORT_MAX = 65_535;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

    private final String whole;
    private final boolean secure;
    private final String host;
    private final int port;
    private final String target;
    private final String fileName;
    private final @Nullable String authorization;

    private RemoteUrl(String whole, URI uri) {
        this.whole = whole;
        this.secure = scheme(uri).equals("https");
        this.host = host(uri);
        this.port = port(uri, secure);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        this.target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        this.fileName = fileName(path);
        this.authorization = authorization(uri.getRawUserInfo());
    }

    /** Fails with {@link UpdatesRefusal#URL_INVALID}. */
    public static RemoteUrl parse(String text) {
        String whole = text.strip();
        if (whole.length() > LENGTH_MAX) {
            throw invalid("The address has more than " + LENGTH_MAX + " characters.");
        }
        if (whole.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw invalid("The address has characters that must be percent-encoded.");
        }
        try {
            return new RemoteUrl(whole, new URI(whole));
        } catch (URISyntaxException e) {
            throw invalid("The address is not well-formed.");
        }
    }

    /** The address with its password: for devices, never for people. */
    public String whole() {
        return whole;
    }

    /** The address as it may be shown and stored. */
    public String masked() {
        return UrlMask.masked(whole);
    }

    public boolean secure() {
        return secure;
    }

    /** A name, or an address without brackets; lower case. */
    public String host() {
        return host;
    }

    /** The one that counts, also when the address names none. */
    public int port() {
        return port;
    }

    /** Path and query, percent-encoded, as a request names them. */
    public String target() {
        return target;
    }

    /** The last part of the path, decoded; not empty. */
    public String fileName() {
        return fileName;
    }

    /** What the address' user and password are in a request's {@code Authorization}; null without a user. */
    public @Nullable String authorization() {
        return authorization;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return masked();
    }

    private static String scheme(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw invalid("Only http and https addresses can be read.");
        }
        if (uri.getRawFragment() != null) {
            throw invalid("A fragment (#…) names no file.");
        }
        return scheme;
    }

    private static String host(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[") && host.endsWith("]")) {
            return ipv6(host.substring(1, host.length() - 1));
        }
        boolean strange =
                ENDS_IN_A_NUMBER.matcher(host).matches() && !IPV4.matcher(host).matches();
        if (host.isEmpty() || host.endsWith(".") || strange) {
            throw invalid("The address names no host that can be asked.");
        }
        return host;
    }

    /** Without a zone, and nothing that means an IPv4 address. */
    private static String ipv6(String literal) {
        try {
            if (literal.indexOf('%') < 0 && InetAddress.ofLiteral(literal) instanceof Inet6Address) {
                return literal;
            }
        } catch (IllegalArgumentException e) {
            throw invalid("The host is no IPv6 address.");
        }
        throw invalid("An IPv6 address has no zone here, and an IPv4 address is written as one.");
    }

    private static int port(URI uri, boolean secure) {
        if (uri.getPort() < 0) {
            return secure ? 443 : 80;
        }
        if (uri.getPort() < 1 || uri.getPort() > PORT_MAX) {
            throw invalid("Ports are 1 to " + PORT_MAX + ".");
        }
        return uri.getPort();
    }

    private static String fileName(String path) {
        String name = Percent.decodedOrNull(path.substring(path.lastIndexOf('/') + 1));
        if (name == null || name.isBlank()) {
            throw invalid("The address does not end in the name of a file.");
        }
        return name;
    }

    private static @Nullable String authorization(@Nullable String userInfo) {
        if (userInfo == null) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        String user = Percent.decodedOrNull(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : Percent.decodedOrNull(userInfo.substring(colon + 1));
        if (user == null || password == null) {
            throw invalid("User and password are not percent-encoded UTF-8.");
        }
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static Refused invalid(String message) {
        return UpdatesRefusal.URL_INVALID.because(message);
    }
}
