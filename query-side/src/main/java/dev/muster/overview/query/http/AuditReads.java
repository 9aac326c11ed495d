package dev.muster.overview.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Positions;
import dev.muster.overview.query.AuditTrail;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who did what. */
@RestController
public class AuditReads {

    private final AuditTrail trail;
    private final Positions positions;
    private final Offload offload;

    public AuditReads(AuditTrail trail, Positions positions, Offload offload) {
        this.trail = trail;
        this.positions = positions;
        this.offload = offload;
    }

    @GetMapping("/api/v1/audit")
    @Requires(Permission.AUDIT_READ)
    @Operation(summary = "Who did what, newest first; accepted and refused")
    public Mono<AuditTrail.Found> audit(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String command,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Pages.limit(limit);
        long from = before == null ? positions.committed() + 1 : before;
        return offload.ask(() -> trail.before(from, most, actor, command, outcome));
    }
}
