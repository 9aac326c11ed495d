package dev.muster.updates.ddi;

import dev.muster.updates.UpdateSettings.Trust;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Who may come in: a trusted proxy's word on the certificate, the device's own token, the tenant's gateway token, in
 * this order; the first that accepts wins (contract §4). Trust modes widen or narrow what a device's own token means.
 */
final class Gate {

    /** A credential of this form is a certificate's fingerprint. It is no secret, so no token may look like it. */
    static final String CERTIFICATE = "certificate:";

    private static final String TARGET = "TargetToken ";
    static final String GATEWAY = "GatewayToken ";
    private static final int STORED_TOKEN_LENGTH_MAX = 128;
    private static final int AUTHORITY_HEADERS_MAX = 20;

    private final DdiSettings settings;
    private final TokenDigests digests = new TokenDigests(1 << 14);

    Gate(DdiSettings settings) {
        this.settings = settings;
    }

    /** The caller, or null when nothing that was brought is good enough here. */
    @Nullable
    Caller judge(Visit visit) {
        if (settings.onlyThroughProxies() && !visit.proxied) {
            return null;
        }
        TenantRules rules = visit.rules;
        Trust trust = rules.settings().trust();
        if (rules.settings().certificateHeader() && visit.proxied && trust != Trust.STRICT) {
            Caller certified = certified(visit);
            if (certified != null) {
                return certified;
            }
        }
        String authorization = visit.headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (rules.settings().targetToken()) {
            Caller device = byOwnToken(visit, trust, targetToken(authorization));
            if (device != null) {
                return device;
            }
        }
        Digest gateway = rules.gatewayDigest();
        if (gateway != null && trust != Trust.STRICT) {
            String token = after(GATEWAY, authorization);
            if (token != null && digests.of(token).matches(gateway)) {
                return Caller.GATEWAY;
            }
        }
        return null;
    }

    private @Nullable Caller byOwnToken(Visit visit, Trust trust, @Nullable String token) {
        DeskEntry entry = visit.entry();
        Digest stored = entry == null ? null : entry.credential;
        return switch (trust) {
            case REGISTERED, STRICT ->
                token != null && stored != null && digests.of(token).matches(stored) ? Caller.DEVICE : null;
            case LAX -> {
                if (token == null) {
                    yield stored == null ? Caller.TRUSTED : null;
                }
                yield stored != null && digests.of(token).matches(stored) ? Caller.DEVICE : null;
            }
            case SETUP -> token == null || token.length() <= STORED_TOKEN_LENGTH_MAX ? Caller.TRUSTED : null;
            case EXTERNAL -> null;
        };
    }

    /** The token that another service has to judge, or null when that is not how this tenant trusts. */
    @Nullable
    String forOutside(Visit visit) {
        boolean asked = visit.rules.settings().trust() == Trust.EXTERNAL
                && visit.rules.settings().targetToken()
                && visit.rules.settings().external() != null
                && (!settings.onlyThroughProxies() || visit.proxied);
        return asked ? targetToken(visit.headers.getFirst(HttpHeaders.AUTHORIZATION)) : null;
    }

    /** What a device in setup mode wants stored, or null when it is stored already or was not brought. */
    @Nullable
    Digest toStore(Visit visit) {
        if (visit.rules.settings().trust() != Trust.SETUP || visit.caller() != Caller.TRUSTED) {
            return null;
        }
        String token = targetToken(visit.headers.getFirst(HttpHeaders.AUTHORIZATION));
        if (token == null) {
            return null;
        }
        Digest brought = digests.of(token);
        DeskEntry entry = visit.entry();
        return entry != null && entry.credential != null && brought.matches(entry.credential) ? null : brought;
    }

    static @Nullable String targetToken(@Nullable String authorization) {
        String token = after(TARGET, authorization);
        return token == null || token.startsWith(CERTIFICATE) ? null : token;
    }

    static @Nullable String after(String scheme, @Nullable String authorization) {
        if (authorization == null
                || !authorization.startsWith(scheme)
                || authorization.length() > scheme.length() + TokenDigests.TOKEN_LENGTH_MAX) {
            return null;
        }
        String token = authorization.substring(scheme.length()).strip();
        return token.isEmpty() ? null : token;
    }

    private @Nullable Caller certified(Visit visit) {
        DeskEntry entry = visit.entry();
        String fingerprint = fingerprint(visit.headers.getFirst(settings.fingerprintHeader()));
        if (fingerprint != null && entry != null && entry.credential != null) {
            if (digests.of(CERTIFICATE + fingerprint).matches(entry.credential)) {
                return Caller.DEVICE;
            }
        }
        String id = visit.headers.getFirst(settings.controllerIdHeader());
        return id != null && id.equals(visit.deviceId()) && knownAuthority(visit) ? Caller.CERTIFIED : null;
    }

    private static @Nullable String fingerprint(@Nullable String header) {
        if (header == null || header.length() > 128) {
            return null;
        }
        String hex = header.replace(":", "").strip().toLowerCase(Locale.ROOT);
        return Digest.parse(hex) == null ? null : hex;
    }

    /** One value of the list header, or of the numbered ones, which begin at 0 or 1 and end at the first gap. */
    private boolean knownAuthority(Visit visit) {
        String list = visit.headers.getFirst(settings.authorityHeader());
        if (list != null) {
            for (String each : list.split("[;,]")) {
                if (known(each, visit.rules)) {
                    return true;
                }
            }
        }
        for (int i = 0; i < AUTHORITY_HEADERS_MAX; i++) {
            String each = visit.headers.getFirst(settings.authorityHeader() + "-" + i);
            if (each == null && i > 0) {
                return false;
            }
            if (each != null && known(each, visit.rules)) {
                return true;
            }
        }
        return false;
    }

    private static boolean known(String authority, TenantRules rules) {
        return rules.authorities().contains(authority.strip().toLowerCase(Locale.ROOT));
    }
}
