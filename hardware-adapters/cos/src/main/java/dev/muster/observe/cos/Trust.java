package dev.muster.observe.cos;

import dev.muster.identity.BearerTokens;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Who may come in. The original asks nobody; here that is so for networks an operator trusts, and a token is asked of
 * everyone else. Nothing is trusted unless somebody said so.
 */
final class Trust {

    private static final String NO_CREDENTIALS = "Authentication credentials were not provided.";
    private static final String BAD_TOKEN = "Invalid token.";
    private static final String NO_RIGHT = "You do not have permission to perform this action.";
    private static final String BEARER = "bearer ";
    private static final int TOKEN_LENGTH_MAX = 16 * 1024;
    private static final List<HttpMethod> WITHOUT_TOKEN = List.of(HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE);

    private final BearerTokens tokens;
    private final Peers peers;
    private final TokenMemory memory;

    Trust(CosPorts ports, CosSettings settings) {
        this.tokens = ports.tokens();
        this.peers = ports.peers();
        this.memory = new TokenMemory(settings.tokenMemory(), ports.clock());
    }

    /**
     * Refuses passwords, which nobody has here, as the original refuses wrong ones (contract §1.2).
     *
     * @throws CosFailure 403
     */
    static void refusePasswords(HttpHeaders headers) {
        String header = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return;
        }
        String[] parts = header.strip().split("\\s+");
        if (!parts[0].equalsIgnoreCase("basic")) {
            return;
        }
        throw CosFailure.forbidden(
                switch (parts.length) {
                    case 1 -> "Invalid basic header. No credentials provided.";
                    case 2 ->
                        isBase64(parts[1])
                                ? "Invalid username/password."
                                : "Invalid basic header. Credentials not correctly base64 encoded.";
                    default -> "Invalid basic header. Credentials string should not contain spaces.";
                });
    }

    private static boolean isBase64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).indexOf(':') >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Completes when the visitor may do what it came for; fails with 401 or 403. */
    Mono<Void> admit(Visit visit) {
        Need need = Need.of(visit.route().target(), visit.method);
        InetAddress address = visit.address;
        if (need == Need.NOTHING || address != null && peers.isTrusted(address)) {
            visit.admit(visit.circumstances());
            return Mono.empty();
        }
        List<String> headers = visit.headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (headers.size() > 1) {
            return Mono.error(CosFailure.unauthorized(BAD_TOKEN));
        }
        String shown = headers.isEmpty() ? null : token(headers.getFirst());
        String token = shown == null && headers.isEmpty() ? remembered(visit) : shown;
        if (token == null) {
            return Mono.error(CosFailure.unauthorized(NO_CREDENTIALS));
        }
        return admit(visit, need, token, shown != null);
    }

    private Mono<Void> admit(Visit visit, Need need, String token, boolean shown) {
        Map<String, String> circumstances = visit.circumstances();
        return tokens.callerOf(token, circumstances)
                .switchIfEmpty(Mono.error(() -> CosFailure.unauthorized(BAD_TOKEN)))
                .flatMap(caller -> {
                    // An operator's token that passes by from the same address shall not speak for whoever comes next.
                    if (shown && visit.address != null && Need.ENROL.isMetBy(caller)) {
                        memory.note(visit.address, token);
                    }
                    if (!need.isMetBy(caller)) {
                        return Mono.error(CosFailure.forbidden(NO_RIGHT));
                    }
                    visit.admit(caller.provenance());
                    return Mono.empty();
                });
    }

    private static @Nullable String token(String header) {
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer && header.length() <= TOKEN_LENGTH_MAX
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    private @Nullable String remembered(Visit visit) {
        return visit.address != null && WITHOUT_TOKEN.contains(visit.method) ? memory.of(visit.address) : null;
    }
}
