package dev.muster.config.snapd;

import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.kernel.Room;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads request bodies within their limits. Nobody asks for their media type: the clients' own say what they like. */
final class Bodies {

    /** Bytes; larger ones are not worked on by the connections' own threads. */
    private static final int SMALL = 64 << 10;

    private final ConfdbSettings settings;
    /** Of bytes of bodies, so that a few large ones cannot fill the memory. */
    private final Room room;

    Bodies(ConfdbSettings settings) {
        this.settings = settings;
        this.room = new Room(settings.bodiesBytesMax());
    }

    /** The object that it is; fails with 400, 408, 413 or 503. */
    Mono<Json.Members> object(Visit visit) {
        if (visit.headers.getContentLength() > settings.bodyBytesMax()) {
            return Mono.error(ConfdbFailure.tooLarge(settings.bodyBytesMax()));
        }
        return visit.request
                .getBody()
                .collect(() -> new Gathered(visit), Gathered::take)
                .timeout(settings.bodyTimeout())
                .onErrorMap(TimeoutException.class, e -> ConfdbFailure.tooSlow())
                .flatMap(gathered -> {
                    Mono<Json.Members> parsed =
                            Mono.fromCallable(() -> object(Arrays.copyOf(gathered.bytes, gathered.size)));
                    return gathered.size <= SMALL ? parsed : parsed.subscribeOn(Schedulers.boundedElastic());
                });
    }

    /** Fails with 400 for anything but an object in UTF-8. */
    static Json.Members object(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (JsonReader.read(text) instanceof Json.Members members) {
                return members;
            }
        } catch (CharacterCodingException e) {
            throw ConfdbFailure.badRequest("The body is not UTF-8.");
        } catch (JsonFault fault) {
            throw ConfdbFailure.badRequest("The body is no JSON: line " + fault.line() + ", column " + fault.column()
                    + ": " + fault.getMessage() + ".");
        }
        throw ConfdbFailure.badRequest("The body is no object.");
    }

    /** The answer is on its way: what its request brought counts no more. */
    void forget(Visit visit) {
        room.giveBack(visit.letGo());
    }

    /** A body on its way in; each buffer is let go at once. */
    private final class Gathered {
        private final Visit visit;
        private byte[] bytes = new byte[1024];
        private int size;

        Gathered(Visit visit) {
            this.visit = visit;
        }

        void take(DataBuffer buffer) {
            try {
                int more = buffer.readableByteCount();
                if (more > settings.bodyBytesMax() - size) {
                    throw ConfdbFailure.tooLarge(settings.bodyBytesMax());
                }
                if (!room.take(more)) {
                    throw ConfdbFailure.tryAgain("Too much is being sent at the moment.");
                }
                visit.holds(more);
                if (size + more > bytes.length) {
                    bytes = Arrays.copyOf(
                            bytes, Math.min(settings.bodyBytesMax(), Math.max(size + more, bytes.length * 2)));
                }
                buffer.read(bytes, size, more);
                size += more;
            } finally {
                DataBufferUtils.release(buffer);
            }
        }
    }
}
