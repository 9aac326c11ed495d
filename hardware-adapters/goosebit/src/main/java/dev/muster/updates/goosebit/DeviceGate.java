package dev.muster.updates.goosebit;

import dev.muster.updates.DeviceView;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.UpdateSettings.External;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Which device may speak (contract §2.4). Only {@code TargetToken} counts, by these very letters; all else is no token.
 * What the original calls its mode is the settings' trust: REGISTERED is strict here, as STRICT is.
 */
final class DeviceGate {

    /** A token of this form would be a certificate's fingerprint, which is no secret. */
    private static final String CERTIFICATE = "certificate:";

    private static final String SCHEME = "TargetToken ";
    private static final int TOKEN_LENGTH_MAX = 128;
    private static final String NO_MATCH = "Device authentication token does not match.";

    private final GoosebitPorts ports;
    private final GoosebitSettings settings;

    DeviceGate(GoosebitPorts ports, GoosebitSettings settings) {
        this.ports = ports;
        this.settings = settings;
    }

    /**
     * Completes when the device may speak; the value is the token to be stored for it, empty for none. Fails with 401,
     * with 422 for a token that is none.
     *
     * @param known what is known of the device, null when nothing is
     */
    Mono<String> admit(Visit visit, String device, @Nullable DeviceView known) {
        if (!settings.deviceAuth()) {
            return Mono.empty();
        }
        String token = token(visit.headers.getFirst(HttpHeaders.AUTHORIZATION));
        UpdateSettings rules = ports.settings().get();
        return switch (rules.trust()) {
            case REGISTERED, STRICT -> strict(device, known, token);
            case LAX -> lax(device, known, token);
            case SETUP -> setup(device, token);
            case EXTERNAL -> external(rules.external(), device, token);
        };
    }

    private Mono<String> strict(String device, @Nullable DeviceView known, @Nullable String token) {
        if (token == null) {
            return refused("Device authentication token is required in strict mode.");
        }
        if (known == null) {
            return refused("Cannot register a new device in strict mode.");
        }
        return ports.deviceTokens().isOwn(device, token) ? Mono.empty() : refused(NO_MATCH);
    }

    /** A device without a stored token must come without one: tokens are optional until they are set. */
    private Mono<String> lax(String device, @Nullable DeviceView known, @Nullable String token) {
        boolean fits = token == null
                ? known == null || !known.hasToken()
                : known != null && ports.deviceTokens().isOwn(device, token);
        return fits ? Mono.empty() : refused(NO_MATCH);
    }

    private Mono<String> setup(String device, @Nullable String token) {
        if (token == null || ports.deviceTokens().isOwn(device, token)) {
            return Mono.empty();
        }
        return Mono.just(storable(token));
    }

    private Mono<String> external(@Nullable External service, String device, @Nullable String token) {
        if (token == null || service == null) {
            return refused("Device authentication token is required in external mode.");
        }
        return ports.outside().ask(service, token, device).flatMap(verdict -> {
            if (verdict.unreachable() != null) {
                return refused("Error communicating with authentication service: " + verdict.unreachable());
            }
            return verdict.good() ? Mono.empty() : refused("Error: 401: Device authentication token is invalid.");
        });
    }

    private static Mono<String> refused(String why) {
        return Mono.error(WireFailure.detail(401, why));
    }

    /** A token as it may be stored; fails with 422. */
    static String storable(String token) {
        if (token.length() > TOKEN_LENGTH_MAX || token.startsWith(CERTIFICATE)) {
            throw WireFailure.unprocessable("auth_token: Length of '" + token.length() + "' > " + TOKEN_LENGTH_MAX
                    + ", or it looks like a certificate's fingerprint");
        }
        return token;
    }

    static @Nullable String token(@Nullable String header) {
        if (header == null || !header.startsWith(SCHEME)) {
            return null;
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : token;
    }
}
