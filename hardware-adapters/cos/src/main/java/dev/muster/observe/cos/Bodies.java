package dev.muster.observe.cos;

import dev.muster.kernel.Room;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads request bodies, JSON or forms, within their limits (contract §1.3). */
final class Bodies {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    /** Bytes; larger ones are not worked on by the connections' own threads. */
    static final int SMALL = 64 << 10;

    private final CosSettings settings;
    final Room room;

    Bodies(CosSettings settings) {
        this.settings = settings;
        this.room = new Room(settings.bodiesBytesMax());
    }

    /** The fields; none when there is no body. Fails with 400, 408, 413, 415 or 503. */
    Mono<Body> read(Visit visit, Shape shape) {
        String contentType = visit.headers.getFirst(HttpHeaders.CONTENT_TYPE);
        String media = media(contentType);
        boolean known = media.equals(JSON) || media.equals(FORM);
        if (!known && visit.headers.getContentLength() > 0) {
            return Mono.error(CosFailure.unsupportedMedia(contentType == null ? "" : contentType));
        }
        if (visit.headers.getContentLength() > shape.bytesMax()) {
            return Mono.error(CosFailure.tooLarge(shape.bytesMax()));
        }
        return visit.request
                .getBody()
                .collect(() -> new Gathered(visit, shape.bytesMax()), Gathered::take)
                .timeout(settings.bodyTimeout())
                .onErrorMap(TimeoutException.class, e -> CosFailure.tooSlow())
                .flatMap(gathered -> {
                    if (gathered.size == 0) {
                        return Mono.just(Body.EMPTY);
                    }
                    if (!known) {
                        return Mono.error(CosFailure.unsupportedMedia(contentType == null ? "" : contentType));
                    }
                    Mono<Body> parsed = Mono.fromCallable(() -> gathered.parsed(media.equals(FORM), shape));
                    return gathered.size <= SMALL ? parsed : parsed.subscribeOn(Schedulers.boundedElastic());
                });
    }

    private static String media(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** A body on its way in; each buffer is let go at once. */
    private final class Gathered {
        private final Visit visit;
        private final int bytesMax;
        private byte[] bytes = new byte[1024];
        private int size;

        Gathered(Visit visit, int bytesMax) {
            this.visit = visit;
            this.bytesMax = bytesMax;
        }

        void take(DataBuffer buffer) {
            try {
                int more = buffer.readableByteCount();
                if (more > bytesMax - size) {
                    throw CosFailure.tooLarge(bytesMax);
                }
                if (!room.take(more)) {
                    throw CosFailure.tryAgain("Too much is being uploaded at the moment.");
                }
                visit.holds(more);
                if (size + more > bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(bytesMax, Math.max(size + more, bytes.length * 2)));
                }
                buffer.read(bytes, size, more);
                size += more;
            } finally {
                DataBufferUtils.release(buffer);
            }
        }

        Body parsed(boolean form, Shape shape) {
            return form
                    ? Body.form(new String(bytes, 0, size, StandardCharsets.UTF_8), shape)
                    : Body.json(bytes, size, shape);
        }
    }
}
