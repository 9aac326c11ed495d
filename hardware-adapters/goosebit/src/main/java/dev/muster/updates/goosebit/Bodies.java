package dev.muster.updates.goosebit;

import dev.muster.kernel.Room;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads whole bodies within their limits: what devices say, forms, orders. Files are for {@link Uploads}. */
final class Bodies {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final GoosebitSettings settings;
    private final Room room;

    Bodies(GoosebitSettings settings) {
        this.settings = settings;
        this.room = new Room(settings.bodiesBytesMax());
    }

    /** The body's JSON, of any kind. Fails with 408, 413, 422 or 503. */
    Mono<JsonNode> json(Visit visit) {
        return bytes(visit).map(body -> {
            if (body.length == 0) {
                throw WireFailure.unprocessable(Problem.missing(List.of("body"), Json.nothing()));
            }
            if (!isJson(visit.headers.getFirst(HttpHeaders.CONTENT_TYPE))) {
                throw WireFailure.unprocessable(
                        Problem.noFields(List.of("body"), Json.text(new String(body, StandardCharsets.UTF_8))));
            }
            return Json.read(body);
        });
    }

    /** The fields of the body. Fails as {@link #json}. */
    Mono<Input> input(Visit visit) {
        return json(visit).map(Input::of);
    }

    /** A sent form; a body of another type has no fields. */
    Mono<Form> form(Visit visit) {
        String type = visit.headers.getFirst(HttpHeaders.CONTENT_TYPE);
        boolean isForm = type != null && media(type).equals(FORM);
        return bytes(visit).map(body -> Form.read(isForm ? new String(body, StandardCharsets.UTF_8) : null));
    }

    private Mono<byte[]> bytes(Visit visit) {
        int bytesMax = settings.bodyBytesMax();
        if (visit.headers.getContentLength() > bytesMax) {
            return Mono.error(WireFailure.tooLarge(bytesMax));
        }
        // The whole limit is taken where the length is not said: nobody may hold more than the room has.
        long claimed = visit.headers.getContentLength() >= 0 ? visit.headers.getContentLength() : bytesMax;
        return Mono.using(
                () -> {
                    if (!room.take(claimed)) {
                        throw WireFailure.tryAgain("Too much is being sent at the moment.");
                    }
                    return claimed;
                },
                taken -> DataBufferUtils.join(visit.request.getBody(), bytesMax)
                        .map(Bodies::taken)
                        .defaultIfEmpty(new byte[0])
                        .timeout(settings.bodyTimeout())
                        .onErrorMap(TimeoutException.class, e -> WireFailure.tooSlow())
                        .onErrorMap(DataBufferLimitException.class, e -> WireFailure.tooLarge(bytesMax)),
                room::giveBack);
    }

    private static byte[] taken(DataBuffer buffer) {
        try {
            byte[] body = new byte[buffer.readableByteCount()];
            buffer.read(body);
            return body;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    /** Whether a body of this type is read as JSON; one without a type is. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        String media = media(contentType);
        return media.equals("application/json") || (media.startsWith("application/") && media.endsWith("+json"));
    }

    private static String media(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
