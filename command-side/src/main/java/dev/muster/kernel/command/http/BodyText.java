package dev.muster.kernel.command.http;

import dev.muster.kernel.KernelRefusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Bodies that are texts, on their way in. */
public final class BodyText {

    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private BodyText() {}

    /** The whole body as text; refused when it is no UTF-8, broken off when it is longer than {@code bytesMax}. */
    public static Mono<String> of(Flux<DataBuffer> body, int bytesMax) {
        Flux<DataBuffer> patient = body.timeout(SILENCE_MAX)
                .onErrorMap(
                        TimeoutException.class,
                        e -> KernelRefusal.INVALID_REQUEST.because(
                                "Nothing of the body came for " + SILENCE_MAX.toSeconds() + " seconds."));
        return DataBufferUtils.join(patient, bytesMax)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .defaultIfEmpty(new byte[0])
                .publishOn(Schedulers.parallel())
                .map(BodyText::decoded);
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw KernelRefusal.INVALID_REQUEST.because("The body is not UTF-8.");
        }
    }
}
