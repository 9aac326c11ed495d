package dev.muster.observe.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.observe.query.Discovery;
import dev.muster.observe.query.Discovery.Target;
import dev.muster.registry.query.Offload;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Devices for Prometheus' HTTP service discovery ({@code http_sd_configs}). Prometheus asks again and again and takes
 * each answer whole, so there are no pages here and every answer is fresh.
 */
@RestController
public class DiscoveryReads {

    private final Discovery discovery;
    private final Offload offload;

    public DiscoveryReads(Discovery discovery, Offload offload) {
        this.discovery = discovery;
        this.offload = offload;
    }

    @GetMapping("/prometheus/sd/devices")
    @Requires(Permission.METRICS_READ)
    @Operation(
            summary = "Devices as scrape targets, for Prometheus' http_sd_configs",
            description = "'filter' is RSQL, 'port' the exporter's, 'job' a label to set.")
    public Mono<List<Target>> targets(
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable Integer port,
            @RequestParam(required = false) @Nullable String job) {
        return offload.ask(() -> discovery.targets(filter, port, job));
    }
}
