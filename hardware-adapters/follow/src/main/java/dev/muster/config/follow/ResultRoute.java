package dev.muster.config.follow;

import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.config.WishOutcomeCommand.ReportWish;
import dev.muster.config.follow.Visit.Guest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Mono;

/** What a device says became of a wish: {@code {"tag":…,"status":"applied"|"failed","message":…}}. */
final class ResultRoute {

    private final FollowPorts ports;
    private final FollowSettings settings;
    private final FollowMetrics metrics;

    ResultRoute(FollowPorts ports, FollowSettings settings, FollowMetrics metrics) {
        this.ports = ports;
        this.settings = settings;
        this.metrics = metrics;
    }

    Mono<Void> report(Visit visit, Guest guest) {
        return DataBufferUtils.join(visit.request.getBody(), settings.bodyBytesMax())
                .map(ResultRoute::bytes)
                .defaultIfEmpty(new byte[0])
                .timeout(settings.bodyTimeout())
                .map(bytes -> command(visit, bytes))
                .flatMap(command -> sent(visit, guest, command))
                .then(Mono.defer(() -> Answers.done(visit)));
    }

    private Mono<Void> sent(Visit visit, Guest guest, ReportWish command) {
        Map<String, String> provenance = visit.provenance(guest, ports.peers().clientOf(visit.request));
        return Mono.fromFuture(() -> ports.commands().<Object>send(command, provenance), true)
                .timeout(settings.commandTimeout())
                .then()
                .doOnSuccess(done -> metrics.reported(command.applied()));
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static ReportWish command(Visit visit, byte[] bytes) {
        Json.Members body = members(new String(bytes, StandardCharsets.UTF_8));
        String tag = text(body, "tag");
        String status = text(body, "status");
        if (tag == null || status == null) {
            throw FollowFailure.invalid("'tag' and 'status' are needed, both texts.");
        }
        boolean applied =
                switch (status) {
                    case "applied" -> true;
                    case "failed" -> false;
                    default -> throw FollowFailure.invalid("'status' is applied or failed.");
                };
        return new ReportWish(visit.device, visit.registry, tag, applied, text(body, "message"));
    }

    private static Json.Members members(String text) {
        try {
            if (JsonReader.read(text) instanceof Json.Members members) {
                return members;
            }
        } catch (JsonFault fault) {
            throw FollowFailure.invalid("This is not JSON, line " + fault.line() + ", column " + fault.column() + ": "
                    + fault.getMessage() + ".");
        }
        throw FollowFailure.invalid("The body is an object in JSON.");
    }

    private static @Nullable String text(Json.Members members, String name) {
        return members.get(name) instanceof Json.Text text ? text.value() : null;
    }
}
