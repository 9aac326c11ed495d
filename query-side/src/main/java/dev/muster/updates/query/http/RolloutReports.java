package dev.muster.updates.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.registry.query.Offload;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView;
import dev.muster.updates.query.RolloutCsv;
import dev.muster.updates.query.RolloutDevices;
import dev.muster.updates.query.RolloutReport;
import dev.muster.updates.query.RolloutTimeline;
import dev.muster.updates.query.RolloutViews;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reports on rollouts to keep: every device as a table, and the whole as a page. */
@RestController
public class RolloutReports {

    /** Lines in one piece of an answer. */
    private static final int LINES_AT_ONCE = 500;
    /** The page brings its own style and nothing else, wherever somebody opens it. */
    private static final String NOTHING_BUT_STYLE = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final RolloutViews rollouts;
    private final RolloutDevices devices;
    private final RolloutTimeline timeline;
    private final Offload offload;
    private final Clock clock;

    public RolloutReports(
            RolloutViews rollouts, RolloutDevices devices, RolloutTimeline timeline, Offload offload, Clock clock) {
        this.rollouts = rollouts;
        this.devices = devices;
        this.timeline = timeline;
        this.offload = offload;
        this.clock = clock;
    }

    @GetMapping("/api/v1/rollouts/{id}/report.csv")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(
            summary = "Every device of a rollout as CSV",
            description = "One line each, in the order they are offered the release. Written while it is read.")
    public Mono<Void> csv(@PathVariable String id, ServerHttpResponse response) {
        return rollouts.find(RolloutId.parse(id), true).flatMap(found -> {
            RolloutView rollout = found.rollout();
            RolloutCsv csv = new RolloutCsv(rollout);
            HttpHeaders headers = response.getHeaders();
            headers.setContentType(new MediaType("text", "csv", StandardCharsets.UTF_8));
            headers.setContentDisposition(attachment(rollout, "csv"));
            headers.setCacheControl("no-store");
            DataBufferFactory buffers = response.bufferFactory();
            Flux<DataBuffer> body = Flux.concat(
                            Mono.just(RolloutCsv.HEADER),
                            devices.all(rollout).buffer(LINES_AT_ONCE).map(csv::lines))
                    .map(text -> buffers.wrap(text.getBytes(StandardCharsets.UTF_8)));
            return response.writeWith(body);
        });
    }

    @GetMapping("/api/v1/rollouts/{id}/report.html")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "A rollout as one page to print and keep")
    public Mono<Void> html(@PathVariable String id, ServerHttpResponse response) {
        return rollouts.find(RolloutId.parse(id), true)
                .flatMap(found -> offload.ask(
                        () -> RolloutReport.html(found.rollout(), timeline.of(found.rollout()), clock.instant())))
                .flatMap(page -> {
                    HttpHeaders headers = response.getHeaders();
                    headers.setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
                    headers.set("Content-Security-Policy", NOTHING_BUT_STYLE);
                    headers.setCacheControl("no-store");
                    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
                    return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
                });
    }

    private static ContentDisposition attachment(RolloutView rollout, String ending) {
        return ContentDisposition.attachment()
                .filename("rollout-" + rollout.id() + "." + ending)
                .build();
    }
}
