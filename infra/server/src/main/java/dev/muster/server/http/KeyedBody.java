package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A keyed request with its digest. JSON, unless it announces more than is read whole, and NDJSON of known and modest
 * length belong to the digest; an upload is not held in memory, there the digest covers path, query and announced length
 * only.
 *
 * @param request what to hand on; its body can still be read
 */
record KeyedBody(ServerHttpRequest request, String digest) {

    static Mono<KeyedBody> of(ServerHttpRequest request, int bytesMax) {
        String target = request.getPath().value() + '?' + request.getURI().getRawQuery();
        long length = request.getHeaders().getContentLength();
        if (!isReadWhole(request, length, bytesMax)) {
            return Mono.just(new KeyedBody(request, digest(target + "\nlength " + length, new byte[0])));
        }
        return DataBufferUtils.join(request.getBody(), bytesMax)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .defaultIfEmpty(new byte[0])
                .map(bytes -> new KeyedBody(replaying(request, bytes), digest(target, bytes)));
    }

    private static boolean isReadWhole(ServerHttpRequest request, long length, int bytesMax) {
        MediaType type = request.getHeaders().getContentType();
        if (type == null) {
            return length <= 0 && request.getHeaders().getFirst("Transfer-Encoding") == null;
        }
        if (type.isCompatibleWith(MediaType.APPLICATION_NDJSON)) {
            return length >= 0 && length <= bytesMax;
        }
        boolean json = type.isCompatibleWith(MediaType.APPLICATION_JSON)
                || type.getSubtype().endsWith("+json");
        return json && length <= bytesMax;
    }

    private static ServerHttpRequest replaying(ServerHttpRequest request, byte[] bytes) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return bytes.length == 0
                        ? Flux.empty()
                        : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
            }
        };
    }

    private static String digest(String target, byte[] body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(target.getBytes(UTF_8));
            sha256.update((byte) '\n');
            return HexFormat.of().formatHex(sha256.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
