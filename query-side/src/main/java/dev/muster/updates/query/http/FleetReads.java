package dev.muster.updates.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.registry.query.Offload;
import dev.muster.updates.query.FleetFieldList;
import dev.muster.updates.query.FleetIndex;
import dev.muster.updates.query.FleetSummary;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The fleet as a whole. */
@RestController
@RequestMapping("/api/v1/fleet")
public class FleetReads {

    private final FleetIndex fleet;
    private final Offload offload;

    public FleetReads(FleetIndex fleet, Offload offload) {
        this.fleet = fleet;
        this.offload = offload;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fields(List<FleetFieldList.Item> items) {}

    /** @param versions installed releases with their devices, most frequent first */
    public record Summary(
            int devices,
            Map<String, Integer> presence,
            Map<String, Integer> updateStatus,
            List<FleetSummary.Running> versions) {}

    @GetMapping("/fields")
    @Requires(Permission.DEVICES_READ)
    @Operation(summary = "What filters and sorts may name")
    public Mono<Fields> fields() {
        return offload.ask(() -> new Fields(FleetFieldList.of(fleet.summary())));
    }

    @GetMapping("/summary")
    @Requires(Permission.DEVICES_READ)
    @Operation(summary = "The fleet in numbers")
    public Mono<Summary> summary() {
        return offload.ask(() -> {
            FleetSummary summary = fleet.summary();
            return new Summary(summary.devices(), summary.presence(), summary.updateStatus(), summary.versions());
        });
    }
}
