package dev.muster.config.poc;

import dev.muster.kernel.Room;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Reads request bodies within their limits. */
final class Bodies {

    /** Bytes; larger ones are not worked on by the connections' own threads. */
    static final int SMALL = 64 << 10;

    private final PocSettings settings;
    private final Room room;

    Bodies(PocSettings settings) {
        this.settings = settings;
        this.room = new Room(settings.bodiesBytesMax());
    }

    /** Fails with 408, 413 or 503. */
    Mono<Received> read(Visit visit, int bytesMax) {
        if (visit.headers.getContentLength() > bytesMax) {
            return Mono.error(PocFailure.tooLarge(bytesMax));
        }
        boolean isJson = Received.isJson(visit.headers.getFirst(HttpHeaders.CONTENT_TYPE));
        return visit.request
                .getBody()
                .collect(() -> new Gathered(visit, bytesMax), Gathered::take)
                .timeout(settings.bodyTimeout())
                .onErrorMap(TimeoutException.class, e -> PocFailure.tooSlow())
                .map(gathered -> new Received(gathered.bytes, gathered.size, isJson));
    }

    /** The visit has ended: its body is forgotten. */
    void letGo(Visit visit) {
        long held = visit.letGo();
        if (held > 0) {
            room.giveBack(held);
        }
    }

    long taken() {
        return room.taken();
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
                    throw PocFailure.tooLarge(bytesMax);
                }
                if (!room.take(more)) {
                    throw PocFailure.tryAgain("Too much is being uploaded at the moment.");
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
    }
}
