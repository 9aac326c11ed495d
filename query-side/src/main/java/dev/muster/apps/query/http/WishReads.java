package dev.muster.apps.query.http;

import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppName;
import dev.muster.apps.AppWishes;
import dev.muster.apps.AppWishes.Placed;
import dev.muster.apps.Place;
import dev.muster.apps.PlacePaths;
import dev.muster.apps.ProjectKey;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.http.Conditional;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What places say about apps: as it can be sent back, with the version that changes need. */
@RestController
@RequestMapping("/api/v1")
public class WishReads {

    private final AppCatalogue catalogue;
    private final AppWishes wishes;

    public WishReads(AppCatalogue catalogue, AppWishes wishes) {
        this.catalogue = catalogue;
        this.wishes = wishes;
    }

    /** All that one place says, by name of app. */
    public record WishList(List<WishView> items) {}

    @GetMapping("/devices/{id}/apps/{app}")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "What a device's own wish says about an app")
    public Mono<ResponseEntity<WishView>> onDevice(
            @PathVariable String id,
            @PathVariable String app,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return one(Place.device(new DeviceId(id)), app, ifNoneMatch);
    }

    @GetMapping("/groups/{group}/apps")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "What a group of devices says about apps; slashes of its path are written ~1")
    public Mono<WishList> allInGroup(@PathVariable String group) {
        return all(PlacePaths.group(group));
    }

    @GetMapping("/groups/{group}/apps/{app}")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "What a group of devices says about one app")
    public Mono<ResponseEntity<WishView>> inGroup(
            @PathVariable String group,
            @PathVariable String app,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return one(PlacePaths.group(group), app, ifNoneMatch);
    }

    @GetMapping("/projects/{project}/apps")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "What a project says about apps")
    public Mono<WishList> allInProject(@PathVariable String project) {
        return all(Place.project(ProjectKey.parse(project)));
    }

    @GetMapping("/projects/{project}/apps/{app}")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "What a project says about one app")
    public Mono<ResponseEntity<WishView>> inProject(
            @PathVariable String project,
            @PathVariable String app,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return one(Place.project(ProjectKey.parse(project)), app, ifNoneMatch);
    }

    @GetMapping("/apps/{app}/places")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "What all places say about an app")
    public Mono<WishList> about(@PathVariable String app) {
        AppName name = new AppName(app);
        return Mono.fromSupplier(() -> {
            App found = catalogue.needed(name);
            return new WishList(wishes.about(found.key()).stream()
                    .filter(Placed::says)
                    .map(placed -> WishView.of(name, placed.place(), placed))
                    .toList());
        });
    }

    private Mono<WishList> all(Place place) {
        return Mono.fromSupplier(() -> {
            List<WishView> items = new ArrayList<>();
            for (Placed placed : wishes.at(place)) {
                App app = catalogue.keyed(placed.app());
                if (app != null && !app.removed() && placed.says()) {
                    items.add(WishView.of(app.name(), place, placed));
                }
            }
            items.sort(java.util.Comparator.comparing(WishView::app));
            return new WishList(items);
        });
    }

    private Mono<ResponseEntity<WishView>> one(Place place, String app, @Nullable String ifNoneMatch) {
        AppName name = new AppName(app);
        return Mono.fromSupplier(() -> {
            App found = catalogue.needed(name);
            WishView view = WishView.of(name, place, wishes.find(found.key(), place));
            return Conditional.answer(ifNoneMatch, Long.toString(view.revision()), view);
        });
    }
}
