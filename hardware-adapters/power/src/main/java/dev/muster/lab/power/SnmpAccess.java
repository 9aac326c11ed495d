package dev.muster.lab.power;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.PrivacyProtocol;

/**
 * Where a switch is and how to talk to it. Holds secrets, which {@link #toString} does not show.
 *
 * @param version as SNMP4J counts: 0 for v1, 1 for v2c, 3
 * @param user null unless version 3
 * @param patience with one request, retries included
 */
record SnmpAccess(
        String host,
        int udpPort,
        int version,
        String readCommunity,
        String writeCommunity,
        @Nullable User user,
        Patience patience) {

    record Patience(Duration timeout, int retries) {
        Duration whole() {
            return timeout.multipliedBy(retries + 1L);
        }
    }

    /** @param auth null: unauthenticated; {@code priv} null: unencrypted */
    record User(
            String name,
            @Nullable AuthenticationProtocol auth,
            String authPass,
            @Nullable PrivacyProtocol priv,
            String privPass,
            String context) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final int RETRIES_MAX = 10;
    private static final Duration TIMEOUT_MAX = Duration.ofSeconds(30);
    /** RFC 3414 §11.2. */
    private static final int PASS_MIN = 8;

    private static final Map<String, AuthenticationProtocol> AUTH = Map.of(
            "MD5", new AuthMD5(),
            "SHA", new AuthSHA(),
            "SHA-1", new AuthSHA(),
            "SHA-224", new AuthHMAC128SHA224(),
            "SHA-256", new AuthHMAC192SHA256(),
            "SHA-384", new AuthHMAC256SHA384(),
            "SHA-512", new AuthHMAC384SHA512());
    private static final Map<String, PrivacyProtocol> PRIV = Map.of(
            "DES", new PrivDES(),
            "AES", new PrivAES128(),
            "AES-128", new PrivAES128(),
            "AES-192", new PrivAES192(),
            "AES-256", new PrivAES256());

    static SnmpAccess of(Parameters given, PowerSettings settings) {
        String version = given.text("version", "2c");
        int number =
                switch (version) {
                    case "1" -> SnmpConstants.version1;
                    case "2c", "2" -> SnmpConstants.version2c;
                    case "3" -> SnmpConstants.version3;
                    default -> throw given.wrong("version", "must be 1, 2c or 3");
                };
        String community = given.text("community", "private");
        return new SnmpAccess(
                given.has("address") ? given.required("address") : given.required("host"),
                given.number("udp_port", 161, 1, 65_535),
                number,
                given.text("read_community", community),
                community,
                number == SnmpConstants.version3 ? user(given) : null,
                new Patience(
                        given.duration("timeout", settings.timeout(), TIMEOUT_MAX),
                        given.number("retries", settings.retries(), 0, RETRIES_MAX)));
    }

    private static User user(Parameters given) {
        AuthenticationProtocol auth =
                given.has("auth_pass") || given.has("auth") ? named(AUTH, "auth", "SHA", given) : null;
        PrivacyProtocol priv = given.has("priv_pass") || given.has("priv") ? named(PRIV, "priv", "AES", given) : null;
        if (priv != null && auth == null) {
            throw given.wrong("priv", "needs 'auth' and 'auth_pass' as well");
        }
        return new User(
                given.required("user"),
                auth,
                auth == null ? "" : pass(given, "auth_pass"),
                priv,
                priv == null ? "" : pass(given, "priv_pass"),
                given.text("context", ""));
    }

    private static <P> P named(Map<String, P> protocols, String member, String orElse, Parameters given) {
        P protocol = protocols.get(given.text(member, orElse).toUpperCase(Locale.ROOT));
        if (protocol == null) {
            throw given.wrong(
                    member,
                    "must be one of "
                            + String.join(
                                    ", ", protocols.keySet().stream().sorted().toList()));
        }
        return protocol;
    }

    private static String pass(Parameters given, String member) {
        String pass = given.required(member);
        if (pass.length() < PASS_MIN) {
            throw given.wrong(member, "must have at least " + PASS_MIN + " characters");
        }
        return pass;
    }

    /** One switch, whoever talks to it. */
    String name() {
        return host.toLowerCase(Locale.ROOT) + ":" + udpPort;
    }

    @Override
    public String toString() {
        return name();
    }
}
