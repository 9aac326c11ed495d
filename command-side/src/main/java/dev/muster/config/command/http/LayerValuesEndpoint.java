package dev.muster.config.command.http;

import dev.muster.config.DatabagId;
import dev.muster.config.LayerPaths;
import dev.muster.config.RegistryId;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders about what a group or a device should have, and about what a device has. */
@RestController
@RequestMapping("/api/v1/registries/{account}/{name}/{kind}/{id}")
public class LayerValuesEndpoint {

    private final DatabagOrders orders;

    public LayerValuesEndpoint(DatabagOrders orders) {
        this.orders = orders;
    }

    @PatchMapping(path = "/views/{view}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(
            summary = "Write values of a layer through a view, all or nothing: kind is groups, devices or actual",
            description = "The body is {\"values\": {path: value}}; null unsets. 'dryRun=true' tells what it would do.")
    public Mono<ResponseEntity<WrittenView>> write(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String kind,
            @PathVariable String id,
            @PathVariable String view,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam(required = false, defaultValue = "false") boolean dryRun,
            @RequestBody Flux<DataBuffer> body) {
        return orders.write(databag(account, name, kind, id), view, ifMatch, dryRun, body);
    }

    @PostMapping(path = "/revert", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(
            summary = "Give a layer the values it had at a version",
            description = "The body is {\"toVersion\": n}. 'dryRun=true' tells what it would do.")
    public Mono<ResponseEntity<WrittenView>> revert(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String kind,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam(required = false, defaultValue = "false") boolean dryRun,
            @RequestBody Flux<DataBuffer> body) {
        return orders.revert(databag(account, name, kind, id), ifMatch, dryRun, body);
    }

    private static DatabagId databag(String account, String name, String kind, String id) {
        return new DatabagId(new RegistryId(account, name), LayerPaths.writable(kind, id));
    }
}
