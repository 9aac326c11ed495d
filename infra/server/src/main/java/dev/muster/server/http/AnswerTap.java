package dev.muster.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Copies an answer while it is written, up to a limit. A plain answer is copied whole before it is committed, so that it
 * can be kept before the caller sees it; a streamed one is copied as it flows and kept at its end. What whoever answers
 * lets nobody keep is not copied at all.
 */
final class AnswerTap extends ServerHttpResponseDecorator {

    private final int bytesMax;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream(512);
    private final Mono<Void> keep;
    private boolean tooLarge;
    private boolean unkept;
    private boolean streamed;

    /** @param keep what to do with the copy; subscribed once, when the answer is complete */
    AnswerTap(ServerHttpResponse response, int bytesMax, Function<AnswerTap, Mono<Void>> keep) {
        super(response);
        this.bytesMax = bytesMax;
        this.keep = Mono.defer(() -> keep.apply(this));
        response.beforeCommit(() -> Mono.defer(() -> streamed ? Mono.empty() : this.keep));
    }

    /** The copied bytes, complete unless {@link #isTooLarge}. */
    byte[] copied() {
        return copy.toByteArray();
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    /** Whether whoever answers says {@code no-store}: what is in it must not lie anywhere. */
    boolean isNotToBeKept() {
        return unkept;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        heed();
        return Flux.from(body)
                .<DataBuffer>map(this::copied)
                .collectList()
                .flatMap(buffers -> super.writeWith(Flux.fromIterable(buffers)));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        streamed = true;
        heed();
        return super.writeAndFlushWith(
                        Flux.from(body).map(part -> Flux.from(part).map(this::copied)))
                .then(keep);
    }

    /** Now, for on its way out the same is said of each and every answer, to keep it from browsers' disks. */
    private void heed() {
        String cacheControl = getHeaders().getCacheControl();
        unkept = cacheControl != null && cacheControl.contains("no-store");
    }

    private DataBuffer copied(DataBuffer buffer) {
        if (unkept) {
            return buffer;
        }
        int length = buffer.readableByteCount();
        if (copy.size() + length > bytesMax) {
            tooLarge = true;
        } else {
            byte[] bytes = new byte[length];
            buffer.toByteBuffer(ByteBuffer.wrap(bytes));
            copy.write(bytes, 0, length);
        }
        return buffer;
    }
}
