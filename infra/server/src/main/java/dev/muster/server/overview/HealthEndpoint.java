package dev.muster.server.overview;

import dev.muster.identity.OpenToAll;
import dev.muster.kernel.Positions;
import dev.muster.overview.view.Projections;
import dev.muster.server.Readiness;
import dev.muster.store.EmbeddedStore;
import io.swagger.v3.oas.annotations.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the process lives, has started, and may be sent work. Nothing here names a device or a person. */
@RestController
public class HealthEndpoint {

    private static final String OPEN = "orchestrators ask without credentials; the answer holds no data";

    private final Readiness readiness;
    private final EmbeddedStore store;
    private final Positions positions;
    private final Projections projections;

    public HealthEndpoint(Readiness readiness, EmbeddedStore store, Positions positions, Projections projections) {
        this.readiness = readiness;
        this.store = store;
        this.positions = positions;
        this.projections = projections;
    }

    /** @param checks each named part with {@code ok} or what is wrong */
    public record Health(String status, Map<String, String> checks) {}

    @GetMapping("/livez")
    @OpenToAll(OPEN)
    @Operation(summary = "The process answers")
    public Health live() {
        return new Health("ok", Map.of());
    }

    @GetMapping("/startupz")
    @OpenToAll(OPEN)
    @Operation(summary = "History has been read")
    public ResponseEntity<Health> started() {
        return answer(Map.of("history", history()));
    }

    @GetMapping("/readyz")
    @OpenToAll(OPEN)
    @Operation(summary = "Work may be sent here; names the sick part when not")
    public ResponseEntity<Health> ready() {
        Map<String, String> checks = new LinkedHashMap<>();
        checks.put("history", history());
        checks.put("events", store.fault().orElse("ok"));
        checks.put("views", views());
        return answer(checks);
    }

    private String history() {
        return readiness.ready()
                ? "ok"
                : readiness.state() + " at " + positions.folded() + " of " + positions.committed();
    }

    /** A stopped projection makes pages stale, not wrong to route to; it is named but does not take the node out. */
    private String views() {
        return projections.standings().stream()
                .filter(each -> each.state().equals("STOPPED"))
                .map(each -> "ok (view " + each.name() + " has stopped)")
                .findFirst()
                .orElse("ok");
    }

    private static ResponseEntity<Health> answer(Map<String, String> checks) {
        boolean ok = checks.values().stream().allMatch(each -> each.startsWith("ok"));
        return ResponseEntity.status(ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new Health(ok ? "ok" : "unavailable", checks));
    }
}
