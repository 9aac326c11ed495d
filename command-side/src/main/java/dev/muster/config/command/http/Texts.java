package dev.muster.config.command.http;

import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.kernel.KernelRefusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Bodies on their way in, read by ourselves: numbers stay exact, and what is wrong is said without repeating a value,
 * for it may be a secret.
 */
public final class Texts {

    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private Texts() {}

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
                .map(Texts::decoded);
    }

    /** The body as an object that has no other members than these. */
    public static Mono<Json.Members> members(Flux<DataBuffer> body, int bytesMax, Set<String> known) {
        return of(body, bytesMax).map(text -> {
            Json.Members members = read(text);
            for (String name : members.values().keySet()) {
                if (!known.contains(name)) {
                    throw KernelRefusal.INVALID_REQUEST.because("There is no member '" + name + "' here.");
                }
            }
            return members;
        });
    }

    private static Json.Members read(String text) {
        try {
            if (JsonReader.read(text) instanceof Json.Members members) {
                return members;
            }
        } catch (JsonFault fault) {
            throw KernelRefusal.INVALID_REQUEST.because("This is not JSON, line " + fault.line() + ", column "
                    + fault.column() + ": " + fault.getMessage() + ".");
        }
        throw KernelRefusal.INVALID_REQUEST.because("The body is an object in JSON.");
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
