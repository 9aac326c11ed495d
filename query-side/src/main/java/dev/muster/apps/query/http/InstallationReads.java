package dev.muster.apps.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.apps.AgentReadings;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.Installations;
import dev.muster.apps.Installations.Condition;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.Projects;
import dev.muster.apps.Projects.Project;
import dev.muster.apps.query.http.AppViews.AgentView;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.ListCursor;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Which apps are on which devices, beside what should be there. */
@RestController
@RequestMapping("/api/v1")
public class InstallationReads {

    private static final String INSTALLATIONS = "installations";

    private final AppAgents agents;
    private final Projects projects;
    private final AppCatalogue catalogue;
    private final Installations installations;
    private final AgentReadings readings;
    private final Offload offload;
    private final Clock clock;

    public InstallationReads(
            AppAgents agents,
            Projects projects,
            AppCatalogue catalogue,
            Installations installations,
            AgentReadings readings,
            Offload offload,
            Clock clock) {
        this.agents = agents;
        this.projects = projects;
        this.catalogue = catalogue;
        this.installations = installations;
        this.readings = readings;
        this.offload = offload;
        this.clock = clock;
    }

    /** Everything on one device, by name of app. */
    public record DeviceApps(List<InstallationLine> items) {}

    /**
     * An app across devices, by id of device.
     *
     * @param counts how many there are in each condition, whatever was asked for
     * @param next cursor of the following page, null on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AppInstallations(
            List<InstallationLine> items,
            Map<Condition, Integer> counts,
            @Nullable String next) {}

    @GetMapping("/devices/{id}/agent")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "The agent of a device, with what it measured last")
    public Mono<AgentView> agent(@PathVariable String id) {
        DeviceId device = new DeviceId(id);
        return Mono.fromSupplier(() -> {
            AppAgent agent = agents.needed(device);
            Project project = projects.find(agent.project());
            return AgentView.of(agent, project == null ? "" : project.name(), readings.last(device));
        });
    }

    @GetMapping("/devices/{id}/apps")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "Apps on a device: what is wanted beside what is")
    public Mono<DeviceApps> onDevice(@PathVariable String id) {
        DeviceId device = new DeviceId(id);
        return offload.ask(() -> {
            Instant now = clock.instant();
            return new DeviceApps(installations.of(device).stream()
                    .map(each -> InstallationLine.of(each, now))
                    .toList());
        });
    }

    @GetMapping("/apps/{app}/installations")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "An app across devices: what is wanted beside what is, and how many stand how")
    public Mono<AppInstallations> ofApp(
            @PathVariable String app,
            @RequestParam(required = false) @Nullable String condition,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        AppName name = new AppName(app);
        Condition wanted = condition(condition);
        String last = ListCursor.after(cursor, INSTALLATIONS);
        int most = Pages.limit(limit);
        return offload.ask(() -> page(catalogue.needed(name).key(), wanted, last, most));
    }

    private AppInstallations page(AppKey app, @Nullable Condition wanted, @Nullable String last, int limit) {
        Map<Condition, Integer> counts = new EnumMap<>(Condition.class);
        List<InstallationLine> items = new ArrayList<>();
        String next = null;
        Instant now = clock.instant();
        for (Installation each : installations.having(app)) {
            Condition condition = each.condition(now);
            counts.merge(condition, 1, Integer::sum);
            boolean shown = (wanted == null || wanted == condition)
                    && (last == null || mark(each).compareTo(last) > 0);
            if (shown && items.size() == limit && next == null) {
                next = ListCursor.of(
                        INSTALLATIONS,
                        mark(items.getLast().device(), items.getLast().stage().name()));
            }
            if (shown && items.size() < limit) {
                items.add(InstallationLine.of(each, now));
            }
        }
        return new AppInstallations(items, counts, next);
    }

    /** In the order of the list: a device's id has no blank, so what is sorted by it is sorted by this. */
    private static String mark(Installation each) {
        return mark(each.device(), each.reported().stage().name());
    }

    private static String mark(DeviceId device, String stage) {
        return device + " " + stage;
    }

    private static @Nullable Condition condition(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return null;
        }
        for (Condition each : Condition.values()) {
            if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word.strip())) {
                return each;
            }
        }
        throw KernelRefusal.INVALID_REQUEST.because(
                "'condition' is in-step, behind, under-way, held, no-release, failed or crash-loop.");
    }
}
