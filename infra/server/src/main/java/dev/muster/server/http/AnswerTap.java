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
 * can be kept before the caller sees it; a streamed one is copied as it flows and kept at its end.
 */
final class AnswerTap extends ServerHttpResponseDecorator {

    private final int bytesMax;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream(512);
    private final Mono<Void> keep;
    private boolean tooLarge;
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

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return Flux.from(body)
                .<DataBuffer>map(this::copied)
                .collectList()
                .flatMap(buffers -> super.writeWith(Flux.fromIterable(buffers)));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        streamed = true;
        return super.writeAndFlushWith(
                        Flux.from(body).map(part -> Flux.from(part).map(this::copied)))
                .then(keep);
    }

    private DataBuffer copied(DataBuffer buffer) {
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
