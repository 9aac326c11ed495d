package dev.muster.apps.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
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

/** What places say about apps: as it can be sent back, with the version that changes need. */
@RestController
@RequestMapping("/api/v1")
public class WishReads {

    private static final String PLACES = "app-places";

    private final AppCatalogue catalogue;
    private final AppWishes wishes;

    public WishReads(AppCatalogue catalogue, AppWishes wishes) {
        this.catalogue = catalogue;
        this.wishes = wishes;
    }

    /** All that one place says, by name of app. */
    public record WishList(List<WishView> items) {}

    /**
     * What places say about one app, projects first, then groups, then devices. Each device may be one of them.
     *
     * @param next cursor of the following page, null on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WishPage(List<WishView> items, @Nullable String next) {}

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
    public Mono<WishPage> about(
            @PathVariable String app,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        AppName name = new AppName(app);
        Place last = place(cursor);
        int most = Pages.limit(limit);
        return Mono.fromSupplier(
                () -> page(name, wishes.about(catalogue.needed(name).key()), last, most));
    }

    private static WishPage page(AppName name, List<Placed> placed, @Nullable Place last, int limit) {
        List<Placed> rest = placed.stream()
                .filter(each -> each.says() && (last == null || each.place().compareTo(last) > 0))
                .limit(limit + 1L)
                .toList();
        List<WishView> items = rest.stream()
                .limit(limit)
                .map(each -> WishView.of(name, each.place(), each))
                .toList();
        return new WishPage(
                items,
                rest.size() > limit
                        ? ListCursor.of(PLACES, items.getLast().place().toString())
                        : null);
    }

    private static @Nullable Place place(@Nullable String cursor) {
        String text = ListCursor.after(cursor, PLACES);
        if (text == null) {
            return null;
        }
        try {
            return Place.of(text);
        } catch (Refused refused) {
            throw ListCursor.foreign();
        }
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
