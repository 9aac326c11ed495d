package dev.muster.updates.ddi;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads request bodies, JSON or CBOR, within their limits. */
final class Bodies {

    private final int bytesMax;

    Bodies(DdiSettings settings) {
        this.bytesMax = settings.bodyBytesMax();
    }

    /** The body's root, which is an object; fails with 400, 413 or 415. */
    Mono<JsonNode> object(Visit visit) {
        Media media = Media.ofBody(visit.headers.getFirst(HttpHeaders.CONTENT_TYPE));
        if (media == null || isCompressed(visit)) {
            return Mono.error(DdiFailure.unsupportedMedia());
        }
        return bytes(visit).map(body -> parsed(media, body)).switchIfEmpty(Mono.error(noBody()));
    }

    /** As {@link #object}, or empty when there is no body; then no media type is asked for either. */
    Mono<JsonNode> optionalObject(Visit visit) {
        Media media = Media.ofBody(visit.headers.getFirst(HttpHeaders.CONTENT_TYPE));
        return bytes(visit).map(body -> {
            if (media == null || isCompressed(visit)) {
                throw DdiFailure.unsupportedMedia();
            }
            return parsed(media, body);
        });
    }

    private static boolean isCompressed(Visit visit) {
        String encoding = visit.headers.getFirst(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }

    /** Empty when no byte came. */
    private Mono<byte[]> bytes(Visit visit) {
        if (visit.headers.getContentLength() > bytesMax) {
            return Mono.error(DdiFailure.tooLarge(bytesMax));
        }
        return DataBufferUtils.join(visit.request.getBody(), bytesMax)
                .map(Bodies::taken)
                .filter(body -> body.length > 0)
                .onErrorMap(DataBufferLimitException.class, e -> DdiFailure.tooLarge(bytesMax));
    }

    private static byte[] taken(DataBuffer buffer) {
        byte[] body = new byte[buffer.readableByteCount()];
        buffer.read(body);
        DataBufferUtils.release(buffer);
        return body;
    }

    static JsonNode parsed(Media media, byte[] body) {
        @Nullable JsonNode root;
        try {
            root = Wire.reader(media).readTree(body);
        } catch (JacksonException e) {
            throw DdiFailure.notReadable("The body cannot be read: " + e.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw DdiFailure.notReadable("The body is no object.");
        }
        return root;
    }

    private static DdiFailure noBody() {
        return DdiFailure.notReadable("There is no body.");
    }
}
