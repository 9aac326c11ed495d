package dev.muster.lab.wire;

import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Mono;

/** Reads bodies within their limits. They are small: what lies in them is a wish. */
final class Bodies {

    private final BitelabSettings settings;

    Bodies(BitelabSettings settings) {
        this.settings = settings;
    }

    /** No body is an empty object. Fails with 400, 408 or 413. */
    Mono<Members> read(Visit visit) {
        if (visit.headers.getContentLength() > settings.bodyBytesMax()) {
            return Mono.error(tooLarge());
        }
        return DataBufferUtils.join(visit.request.getBody(), settings.bodyBytesMax())
                .map(Bodies::bytes)
                .defaultIfEmpty(new byte[0])
                .timeout(settings.bodyTimeout())
                .onErrorMap(
                        TimeoutException.class,
                        e -> new WireFailure(408, "too-slow", "The body did not arrive in time."))
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge())
                .map(Members::read);
    }

    private WireFailure tooLarge() {
        return new WireFailure(413, "too-large", "A body has at most " + settings.bodyBytesMax() + " bytes.");
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
