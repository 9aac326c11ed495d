package dev.muster.registry.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.NdjsonLines;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.Origin;
import dev.muster.registry.RegistryRefusal;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Registers many devices in one request: one JSON object a line in, one verdict a line out, in the same order. The
 * verdicts wait for whoever reads them only after all lines are sent, as many clients do: stopping to read the lines
 * until then would leave both sides waiting for ever.
 */
@RestController
public class BulkRegistrationEndpoint {

    private static final int IN_FLIGHT_MAX = 256;
    /** Bounds the verdicts that wait. */
    private static final int LINES_MAX = 200_000;

    private final Commands commands;
    private final JsonMapper json;

    public BulkRegistrationEndpoint(Commands commands, JsonMapper json) {
        this.commands = commands;
        this.json = json;
    }

    /** @param line counted from 1 */
    public record Verdict(
            int line,
            @Nullable String id,
            Status status,
            @Nullable String code,
            @Nullable String message) {}

    public enum Status {
        CREATED,
        EXISTS,
        REFUSED
    }

    @PostMapping(
            path = "/api/v1/devices:bulk",
            consumes = MediaType.APPLICATION_NDJSON_VALUE,
            produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Requires(Permission.DEVICES_WRITE)
    @Operation(summary = "Register many devices; partial success is told line by line")
    public Flux<Verdict> register(@RequestBody Flux<DataBuffer> body) {
        NdjsonLines lines = new NdjsonLines();
        return body.concatMapIterable(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return lines.accept(bytes);
                })
                .concatWith(Flux.defer(() -> Flux.fromIterable(lines.finish())))
                .takeUntil(line -> line.number() > LINES_MAX)
                .flatMapSequential(line -> verdict(line.number(), line.text()), IN_FLIGHT_MAX)
                .onBackpressureBuffer();
    }

    private Mono<Verdict> verdict(int number, String line) {
        if (number > LINES_MAX) {
            return Mono.just(new Verdict(
                    number,
                    null,
                    Status.REFUSED,
                    "kernel.invalid-request",
                    "A request has at most " + LINES_MAX + " lines; send this one and what follows in another."));
        }
        RegistrationRequest request;
        try {
            request = json.readValue(line, RegistrationRequest.class);
        } catch (JacksonException e) {
            return Mono.just(
                    new Verdict(number, null, Status.REFUSED, "kernel.invalid-request", e.getOriginalMessage()));
        }
        return Mono.defer(() -> register(request))
                .map(created -> new Verdict(number, request.id(), created ? Status.CREATED : Status.EXISTS, null, null))
                .onErrorResume(
                        failure -> Refused.in(failure).isPresent(),
                        failure -> Mono.just(refused(
                                number, request.id(), Refused.in(failure).orElseThrow())));
    }

    private Mono<Boolean> register(RegistrationRequest request) {
        String token = request.token();
        return commands.send(request.command(Origin.BULK, token == null ? null : DeviceTokens.chosen(token)));
    }

    private static Verdict refused(int number, @Nullable String id, Refusal refusal) {
        boolean exists = refusal.code().equals(RegistryRefusal.DEVICE_EXISTS.code());
        return new Verdict(number, id, exists ? Status.EXISTS : Status.REFUSED, refusal.code(), refusal.message());
    }
}
