package dev.muster.apps.query.http;

import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppCatalogue.Release;
import dev.muster.apps.AppName;
import dev.muster.apps.query.http.AppViews.AppLine;
import dev.muster.apps.query.http.AppViews.AppList;
import dev.muster.apps.query.http.AppViews.AppView;
import dev.muster.apps.query.http.AppViews.ReleaseLine;
import dev.muster.apps.query.http.AppViews.ReleaseList;
import dev.muster.apps.query.http.AppViews.ReleaseView;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.ListCursor;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The catalogue of apps and their releases. */
@RestController
@RequestMapping("/api/v1/apps")
public class AppReads {

    private static final String APPS = "apps";

    private final AppCatalogue catalogue;
    private final Offload offload;

    public AppReads(AppCatalogue catalogue, Offload offload) {
        this.catalogue = catalogue;
        this.offload = offload;
    }

    @GetMapping
    @Requires(Permission.APPS_READ)
    @Operation(summary = "All apps, by name")
    public Mono<AppList> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        String last = ListCursor.after(cursor, APPS);
        int most = Pages.limit(limit);
        return offload.ask(() -> page(last, most));
    }

    private AppList page(@Nullable String last, int limit) {
        List<App> rest = catalogue.all().stream()
                .filter(app -> last == null || app.name().value().compareTo(last) > 0)
                .limit(limit + 1L)
                .toList();
        List<AppLine> items = rest.stream().limit(limit).map(AppLine::of).toList();
        return new AppList(
                items,
                rest.size() > limit ? ListCursor.of(APPS, items.getLast().name().value()) : null);
    }

    @GetMapping("/{app}")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "One app with its releases")
    public Mono<ResponseEntity<AppView>> one(
            @PathVariable String app,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        AppName name = new AppName(app);
        return Mono.fromSupplier(() -> {
            AppView view = AppView.of(catalogue.needed(name));
            return Conditional.answer(ifNoneMatch, Long.toString(view.revision()), view);
        });
    }

    @GetMapping("/{app}/releases")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "Releases of an app, the newest first")
    public Mono<ReleaseList> releases(@PathVariable String app) {
        AppName name = new AppName(app);
        return Mono.fromSupplier(() -> new ReleaseList(catalogue.needed(name).releases().reversed().stream()
                .map(ReleaseLine::of)
                .toList()));
    }

    @GetMapping("/{app}/releases/{version}")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "One release of an app, with its composition")
    public Mono<ReleaseView> release(@PathVariable String app, @PathVariable String version) {
        AppName name = new AppName(app);
        return Mono.fromSupplier(() -> {
            Release release = catalogue.needed(name).neededRelease(version);
            return new ReleaseView(ReleaseLine.of(release), release.compose());
        });
    }
}
