package dev.muster.apps.reagent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * What is asked over plain HTTP beside the agents' wire: tokens for the registry of images, the key that it believes,
 * and by the tunnel server whose tunnels are whose. It stands in front of the web framework, for nobody signs in as
 * people do elsewhere: all of it is proved by the secrets of devices, or by an API token as a password.
 */
public final class ReagentHttp implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ReagentHttp.class);
    private static final int BODY_MAX = 64 * 1024;
    private static final Duration BODY_WAIT_MAX = Duration.ofSeconds(10);
    private static final String BASIC = "basic ";
    private static final MediaType PEM = MediaType.parseMediaType("application/x-pem-file");

    private final String tokenPath;
    private final String keysPath;
    private final String certificatePath;
    private final String tunnelsPath;
    private final RegistryTokens tokens;
    private final RegistryGate registry;
    private final TunnelGate tunnels;

    /** @param base path of the agents' wire */
    ReagentHttp(String base, RegistryTokens tokens, RegistryGate registry, TunnelGate tunnels) {
        this.tokenPath = base + "/registry-token";
        this.keysPath = base + "/registry-keys";
        this.certificatePath = keysPath + ".pem";
        this.tunnelsPath = base + "/frps";
        this.tokens = tokens;
        this.registry = registry;
        this.tunnels = tunnels;
    }

    /** True for the paths of this, by the path alone. */
    public boolean serves(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        return path.equals(tokenPath)
                || path.equals(keysPath)
                || path.equals(certificatePath)
                || path.equals(tunnelsPath);
    }

    /** Answers a request that {@link #serves}. Every failure is answered too. */
    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return Mono.defer(() -> answer(request, response)).onErrorResume(failure -> {
            if (failure instanceof DataBufferLimitException) {
                return said(response, HttpStatus.CONTENT_TOO_LARGE, "{}");
            }
            if (failure instanceof TimeoutException) {
                return said(response, HttpStatus.REQUEST_TIMEOUT, "{}");
            }
            LOG.error("{} could not be answered", request.getPath(), failure);
            return response.isCommitted()
                    ? Mono.error(failure)
                    : said(response, HttpStatus.INTERNAL_SERVER_ERROR, "{}");
        });
    }

    private Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response) {
        String path = request.getURI().getRawPath();
        boolean isPost = path.equals(tunnelsPath);
        if (!request.getMethod().equals(isPost ? HttpMethod.POST : HttpMethod.GET)) {
            response.getHeaders().set(HttpHeaders.ALLOW, isPost ? "POST" : "GET");
            return said(response, HttpStatus.METHOD_NOT_ALLOWED, "{}");
        }
        if (path.equals(keysPath)) {
            return said(response, HttpStatus.OK, registry.keySet());
        }
        if (path.equals(certificatePath)) {
            return said(response, HttpStatus.OK, PEM, registry.certificate());
        }
        return isPost ? tunnel(request, response) : token(request, response);
    }

    private Mono<Void> tunnel(ServerHttpRequest request, ServerHttpResponse response) {
        return DataBufferUtils.join(request.getBody(), BODY_MAX)
                .timeout(BODY_WAIT_MAX)
                .map(ReagentHttp::bytes)
                .defaultIfEmpty(new byte[0])
                .flatMap(asked -> tunnels.answer(asked))
                .flatMap(answer -> said(response, HttpStatus.OK, answer));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private Mono<Void> token(ServerHttpRequest request, ServerHttpResponse response) {
        String service = request.getQueryParams().getFirst("service");
        List<String> scopes = request.getQueryParams().getOrDefault("scope", List.of());
        String[] shown = basic(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
        return (shown == null ? Mono.<RegistryGuest>empty() : tokens.guest(shown[0], shown[1]))
                .map(guest -> guest.mayEnter()
                        ? said(response, HttpStatus.OK, registry.answer(guest, service == null ? "" : service, scopes))
                        : refused(response, HttpStatus.FORBIDDEN, "DENIED", "The token has no right to images."))
                .defaultIfEmpty(Mono.defer(() -> {
                    response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"images\"");
                    return refused(
                            response,
                            HttpStatus.UNAUTHORIZED,
                            "UNAUTHORIZED",
                            "Images are for devices, with their secret, and for people, with an API token.");
                }))
                .flatMap(answer -> answer);
    }

    /** As registries refuse. */
    private static Mono<Void> refused(ServerHttpResponse response, HttpStatus status, String code, String message) {
        return said(response, status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }

    /** Name and password; null when none are shown. */
    private static String @Nullable [] basic(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            String shown = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
            int colon = shown.indexOf(':');
            return colon < 0 ? null : new String[] {shown.substring(0, colon), shown.substring(colon + 1)};
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Mono<Void> said(ServerHttpResponse response, HttpStatus status, String json) {
        return said(response, status, MediaType.APPLICATION_JSON, json);
    }

    private static Mono<Void> said(ServerHttpResponse response, HttpStatus status, MediaType type, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(status);
        response.getHeaders().setContentType(type);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
