package dev.muster.config.query.http;

import dev.muster.config.DatabagId;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Page;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What the whole fleet should have. */
@RestController
@RequestMapping("/api/v1/registries/{account}/{name}/fleet")
public class FleetValueReads {

    private final DatabagReads reads;

    public FleetValueReads(DatabagReads reads) {
        this.reads = reads;
    }

    @GetMapping("/values")
    @Requires(Permission.CONFIG_READ)
    @Operation(
            summary = "Values wished for the whole fleet",
            description = "'secrets=true' puts secrets among the values; that needs config-secrets and is audited.")
    public Mono<ResponseEntity<ValuesView>> values(
            @PathVariable String account,
            @PathVariable String name,
            @RequestParam(required = false, defaultValue = "false") boolean secrets) {
        return reads.values(fleet(account, name), secrets);
    }

    @GetMapping("/views/{view}")
    @Requires(Permission.CONFIG_READ)
    @Operation(
            summary = "What a view shows of the fleet's wishes",
            description = "'fields' are paths separated by commas; then the value is an object keyed by them. "
                    + "'constraints' is an object in JSON.")
    public Mono<ResponseEntity<ViewedView>> view(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String view,
            @RequestParam(required = false) @Nullable String fields,
            @RequestParam(required = false) @Nullable String constraints,
            @RequestParam(required = false, defaultValue = "false") boolean secrets) {
        return reads.view(fleet(account, name), view, fields, constraints, secrets);
    }

    @GetMapping("/history")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "How the fleet's wishes came about, newest first")
    public Mono<Page<HistoryEntry>> history(
            @PathVariable String account,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return reads.history(fleet(account, name), cursor, Pages.limit(limit));
    }

    @GetMapping("/versions/{version}")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "The fleet's wishes as they were at a version")
    public Mono<ResponseEntity<ValuesView>> version(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable long version,
            @RequestParam(required = false, defaultValue = "false") boolean secrets) {
        return reads.version(fleet(account, name), version, secrets);
    }

    private static DatabagId fleet(String account, String name) {
        return new DatabagId(new RegistryId(account, name), Layer.fleet());
    }
}
