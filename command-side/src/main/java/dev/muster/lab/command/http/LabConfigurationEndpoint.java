package dev.muster.lab.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.LabOrders;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Orders about the configuration of the lab. The body is the UCL text itself, so that files go in as they are. */
@RestController
public class LabConfigurationEndpoint {

    private static final int TEXT_BYTES_MAX = 1 << 20;
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private final LabOrders orders;
    private final LabConfigurations configurations;

    public LabConfigurationEndpoint(LabOrders orders, LabConfigurations configurations) {
        this.orders = orders;
        this.configurations = configurations;
    }

    /** What a configuration says, without what must not be seen. */
    public record ReadConfiguration(List<String> classes, List<BoardName> boards, boolean setupScript) {

        static ReadConfiguration of(LabConfiguration it) {
            return new ReadConfiguration(
                    List.copyOf(new TreeSet<>(it.classes().keySet())),
                    it.boards().stream().map(board -> board.name()).toList(),
                    it.setupScript() != null);
        }
    }

    @PutMapping(
            path = "/api/v1/lab/configuration",
            consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Put a configuration in force, all or nothing")
    public Mono<ReadConfiguration> put(@RequestBody Flux<DataBuffer> body) {
        return Caller.current()
                .flatMap(caller -> text(body).flatMap(text -> orders.configure(text, caller)))
                .map(ReadConfiguration::of);
    }

    @PostMapping("/api/v1/lab/configuration/reload")
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Put the configured file in force, all or nothing")
    public Mono<ReadConfiguration> reload() {
        return Caller.current().flatMap(orders::reload).map(ReadConfiguration::of);
    }

    @PostMapping(
            path = "/api/v1/lab/configuration:check",
            consumes = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Say what a configuration says, or what is wrong with it; changes nothing")
    public Mono<ReadConfiguration> check(@RequestBody Flux<DataBuffer> body) {
        return text(body)
                .publishOn(Schedulers.boundedElastic())
                .map(configurations::read)
                .map(ReadConfiguration::of);
    }

    private static Mono<String> text(Flux<DataBuffer> body) {
        Flux<DataBuffer> patient = body.timeout(SILENCE_MAX)
                .onErrorMap(
                        TimeoutException.class,
                        e -> KernelRefusal.INVALID_REQUEST.because(
                                "Nothing of the body came for " + SILENCE_MAX.toSeconds() + " seconds."));
        return DataBufferUtils.join(patient, TEXT_BYTES_MAX)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .defaultIfEmpty(new byte[0])
                .map(LabConfigurationEndpoint::decoded);
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
