package dev.muster.updates.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Page;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionViews;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.Fleet.FleetQuery;
import dev.muster.updates.UpdatesRefusal;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Devices and what they were asked to install. */
@RestController
@RequestMapping("/api/v1/devices")
public class DeviceReads {

    private final Fleet fleet;
    private final ActionViews actions;
    private final Offload offload;

    public DeviceReads(Fleet fleet, ActionViews actions, Offload offload) {
        this.fleet = fleet;
        this.actions = actions;
        this.offload = offload;
    }

    /** Newest first. */
    public record Actions(List<ActionView> items) {}

    @GetMapping
    @Requires(Permission.DEVICES_READ)
    @Operation(summary = "List devices: RSQL filter, free text, sort, pages")
    public Mono<ResponseEntity<Page<DeviceView>>> list(
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false, defaultValue = "false") boolean count,
            ServerHttpRequest request) {
        FleetQuery query = new FleetQuery(filter, q, sort, after, Pages.limit(limit), count);
        return offload.ask(() -> fleet.page(query)).map(page -> Pages.answer(request, page));
    }

    @GetMapping("/{id}")
    @Requires(Permission.DEVICES_READ)
    @Operation(
            summary = "One device",
            description = "The ETag is the version of what operators own, for If-Match; "
                    + "presence and software change without it.")
    public Mono<ResponseEntity<DeviceView>> one(
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return Mono.fromSupplier(() -> device(id))
                .map(device -> Conditional.answer(ifNoneMatch, Long.toString(device.version()), device));
    }

    @GetMapping("/{id}/actions")
    @Requires(Permission.DEVICES_READ)
    @Operation(summary = "What a device was asked to install, newest first")
    public Mono<Actions> actions(@PathVariable String id, @RequestParam(required = false) @Nullable Integer limit) {
        int most = Pages.limit(limit);
        return Mono.fromSupplier(() -> device(id))
                .flatMap(device -> {
                    List<Integer> all = device.actions();
                    return actions.find(device.id(), all.subList(Math.max(0, all.size() - most), all.size()))
                            .collectList();
                })
                .map(found -> new Actions(found.reversed()));
    }

    @GetMapping("/{id}/actions/{number}")
    @Requires(Permission.DEVICES_READ)
    @Operation(summary = "One action with the device's reports, newest last")
    public Mono<ActionView> action(@PathVariable String id, @PathVariable int number) {
        return Mono.defer(() -> actions.find(new DeviceId(id), number))
                .switchIfEmpty(Mono.error(() ->
                        UpdatesRefusal.ACTION_UNKNOWN.because("Device " + id + " has no action " + number + ".")));
    }

    private DeviceView device(String id) {
        DeviceView device = fleet.find(new DeviceId(id));
        if (device == null) {
            throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device " + id + ".");
        }
        return device;
    }
}
