package dev.muster.config.query.http;

import dev.muster.config.DatabagId;
import dev.muster.config.LayerPaths;
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

/**
 * What a group or a device should have, and what a device has: {@code groups/<name>}, {@code devices/<id>}, {@code
 * actual/<id>}. A slash in a group's name is written {@code ~1}.
 */
@RestController
@RequestMapping("/api/v1/registries/{account}/{name}/{kind}/{id}")
public class LayerValueReads {

    private final DatabagReads reads;

    public LayerValueReads(DatabagReads reads) {
        this.reads = reads;
    }

    @GetMapping("/values")
    @Requires(Permission.CONFIG_READ)
    @Operation(
            summary = "Values of a layer: kind is groups, devices or actual",
            description = "'secrets=true' puts secrets among the values; that needs config-secrets and is audited.")
    public Mono<ResponseEntity<ValuesView>> values(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam(required = false, defaultValue = "false") boolean secrets) {
        return reads.values(databag(account, name, kind, id), secrets);
    }

    @GetMapping("/views/{view}")
    @Requires(Permission.CONFIG_READ)
    @Operation(
            summary = "What a view shows of a layer",
            description = "'fields' are paths separated by commas; then the value is an object keyed by them. "
                    + "'constraints' is an object in JSON.")
    public Mono<ResponseEntity<ViewedView>> view(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String kind,
            @PathVariable String id,
            @PathVariable String view,
            @RequestParam(required = false) @Nullable String fields,
            @RequestParam(required = false) @Nullable String constraints,
            @RequestParam(required = false, defaultValue = "false") boolean secrets) {
        return reads.view(databag(account, name, kind, id), view, fields, constraints, secrets);
    }

    @GetMapping("/history")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "How a layer's values came about, newest first")
    public Mono<Page<HistoryEntry>> history(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return reads.history(databag(account, name, kind, id), cursor, Pages.limit(limit));
    }

    @GetMapping("/versions/{version}")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "A layer's values as they were at a version")
    public Mono<ResponseEntity<ValuesView>> version(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String kind,
            @PathVariable String id,
            @PathVariable long version,
            @RequestParam(required = false, defaultValue = "false") boolean secrets) {
        return reads.version(databag(account, name, kind, id), version, secrets);
    }

    private static DatabagId databag(String account, String name, String kind, String id) {
        return new DatabagId(new RegistryId(account, name), LayerPaths.of(kind, id));
    }
}
