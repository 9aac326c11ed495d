package dev.muster.config.command.http;

import dev.muster.config.DatabagId;
import dev.muster.config.Layer;
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

/** Orders about what the whole fleet should have. */
@RestController
@RequestMapping("/api/v1/registries/{account}/{name}/fleet")
public class FleetValuesEndpoint {

    private final DatabagOrders orders;

    public FleetValuesEndpoint(DatabagOrders orders) {
        this.orders = orders;
    }

    @PatchMapping(path = "/views/{view}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(
            summary = "Write wishes for the whole fleet through a view, all or nothing",
            description = "The body is {\"values\": {path: value}}; null unsets. 'dryRun=true' tells what it would do.")
    public Mono<ResponseEntity<WrittenView>> write(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String view,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam(required = false, defaultValue = "false") boolean dryRun,
            @RequestBody Flux<DataBuffer> body) {
        return orders.write(fleet(account, name), view, ifMatch, dryRun, body);
    }

    @PostMapping(path = "/revert", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.CONFIG_WRITE)
    @Operation(
            summary = "Give the fleet's wishes the values they had at a version",
            description = "The body is {\"toVersion\": n}. 'dryRun=true' tells what it would do.")
    public Mono<ResponseEntity<WrittenView>> revert(
            @PathVariable String account,
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestParam(required = false, defaultValue = "false") boolean dryRun,
            @RequestBody Flux<DataBuffer> body) {
        return orders.revert(fleet(account, name), ifMatch, dryRun, body);
    }

    private static DatabagId fleet(String account, String name) {
        return new DatabagId(new RegistryId(account, name), Layer.fleet());
    }
}
