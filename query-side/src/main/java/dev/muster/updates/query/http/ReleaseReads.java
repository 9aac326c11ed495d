package dev.muster.updates.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Catalogue.Release;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.query.FleetIndex;
import dev.muster.updates.query.FleetSummary;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The releases on the shelf. */
@RestController
@RequestMapping("/api/v1/releases")
public class ReleaseReads {

    private static final int TEXT_LENGTH_MAX = 256;

    private final Catalogue catalogue;
    private final FleetIndex fleet;
    private final Offload offload;

    public ReleaseReads(Catalogue catalogue, FleetIndex fleet, Offload offload) {
        this.catalogue = catalogue;
        this.fleet = fleet;
        this.offload = offload;
    }

    /**
     * A release as people see it.
     *
     * @param valid false once it was declared bad
     * @param revision how often it changed, from 0
     * @param devicesInstalled how many devices run it
     * @param devicesAssigned how many devices are meant to run it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReleaseView(
            ReleaseId id,
            String name,
            String version,
            List<SoftwareModule> modules,
            boolean migrationStep,
            @Nullable String notes,
            Instant createdAt,
            boolean valid,
            long revision,
            int devicesInstalled,
            int devicesAssigned) {}

    /** Newest first. */
    public record Releases(List<ReleaseView> items) {}

    @GetMapping
    @Requires(Permission.SOFTWARE_READ)
    @Operation(summary = "All releases, newest first; q looks into name, version and notes")
    public Mono<Releases> list(@RequestParam(required = false) @Nullable String q) {
        if (q != null && q.length() > TEXT_LENGTH_MAX) {
            throw KernelRefusal.INVALID_REQUEST.because("'q' has at most " + TEXT_LENGTH_MAX + " characters.");
        }
        return offload.ask(() -> {
            FleetSummary summary = fleet.summary();
            return new Releases(catalogue.all().stream()
                    .filter(release -> matches(release, q))
                    .map(release -> view(release, summary))
                    .toList());
        });
    }

    @GetMapping("/{id}")
    @Requires(Permission.SOFTWARE_READ)
    @Operation(summary = "One release")
    public Mono<ResponseEntity<ReleaseView>> one(
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        ReleaseId releaseId = ReleaseId.parse(id);
        return offload.ask(() -> {
            Release release = catalogue.find(releaseId);
            if (release == null || release.deleted()) {
                throw UpdatesRefusal.RELEASE_UNKNOWN.because("There is no release " + releaseId + ".");
            }
            ReleaseView view = view(release, fleet.summary());
            String tag = view.revision() + "-" + view.devicesInstalled() + "-" + view.devicesAssigned();
            return Conditional.answer(ifNoneMatch, tag, view);
        });
    }

    private static ReleaseView view(Release release, FleetSummary summary) {
        ReleaseId id = release.ref().id();
        return new ReleaseView(
                id,
                release.ref().name(),
                release.ref().version(),
                release.modules(),
                release.migrationStep(),
                release.notes(),
                release.createdAt(),
                release.valid(),
                release.version(),
                summary.installed().getOrDefault(id, 0),
                summary.assigned().getOrDefault(id, 0));
    }

    private static boolean matches(Release release, @Nullable String q) {
        if (q == null || q.isBlank()) {
            return true;
        }
        String notes = release.notes();
        String text = release.ref().name() + " " + release.ref().version() + " " + (notes == null ? "" : notes);
        String lower = text.toLowerCase(Locale.ROOT);
        for (String word : q.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!lower.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
