package dev.muster.apps.command.http;

import dev.muster.apps.AppName;
import dev.muster.apps.Place;
import dev.muster.apps.PlacePaths;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.command.WishOffice;
import dev.muster.config.Json;
import dev.muster.config.command.http.ObjectBody;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.IfMatch;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders about where apps should be and how. Devices get it when they are there; nothing here waits for them. */
@RestController
@RequestMapping("/api/v1")
public class AppWishesEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);
    private static final Set<String> MEMBERS = Set.of("target", "version", "environment", "secrets", "ports");
    private static final String BODY =
            "The body is {\"target\": \"running\", \"present\", \"removed\", \"uninstalled\" or"
                    + " \"inherit\", \"version\": null for the newest, \"environment\": {name: value}, \"secrets\": {name: value,"
                    + " null to keep it}, \"ports\": [{\"port\", \"protocol\", \"active\", …}]}.";

    private final WishOffice office;
    private final Positions positions;

    public AppWishesEndpoint(WishOffice office, Positions positions) {
        this.office = office;
        this.positions = positions;
    }

    @PutMapping(path = "/devices/{id}/apps/{app}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Say how an app should be on a device", description = BODY)
    public Mono<ResponseEntity<Void>> onDevice(
            @PathVariable String id,
            @PathVariable String app,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Flux<DataBuffer> body) {
        return want(Place.device(new DeviceId(id)), app, ifMatch, body);
    }

    @DeleteMapping("/devices/{id}/apps/{app}")
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Leave an app on a device to its groups and its project")
    public Mono<ResponseEntity<Void>> notOnDevice(
            @PathVariable String id,
            @PathVariable String app,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return inherit(Place.device(new DeviceId(id)), app, ifMatch);
    }

    @PutMapping(path = "/groups/{group}/apps/{app}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary = "Say how an app should be in a group of devices; slashes of its path are written ~1",
            description = BODY)
    public Mono<ResponseEntity<Void>> inGroup(
            @PathVariable String group,
            @PathVariable String app,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Flux<DataBuffer> body) {
        return want(PlacePaths.group(group), app, ifMatch, body);
    }

    @DeleteMapping("/groups/{group}/apps/{app}")
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Leave an app in a group to the groups around it and to projects")
    public Mono<ResponseEntity<Void>> notInGroup(
            @PathVariable String group,
            @PathVariable String app,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return inherit(PlacePaths.group(group), app, ifMatch);
    }

    @PutMapping(path = "/projects/{project}/apps/{app}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Say how an app should be in a whole project", description = BODY)
    public Mono<ResponseEntity<Void>> inProject(
            @PathVariable String project,
            @PathVariable String app,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Flux<DataBuffer> body) {
        return want(Place.project(ProjectKey.parse(project)), app, ifMatch, body);
    }

    @DeleteMapping("/projects/{project}/apps/{app}")
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Leave an app in a project to groups and devices")
    public Mono<ResponseEntity<Void>> notInProject(
            @PathVariable String project,
            @PathVariable String app,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return inherit(Place.project(ProjectKey.parse(project)), app, ifMatch);
    }

    private Mono<ResponseEntity<Void>> want(Place place, String app, @Nullable String ifMatch, Flux<DataBuffer> body) {
        AppName name = new AppName(app);
        Long version = IfMatch.required(ifMatch);
        return ObjectBody.members(body, AppBodies.BYTES_MAX, MEMBERS)
                .map(AppWishesEndpoint::order)
                .flatMap(order -> positions
                        .caughtUp(CATCH_UP_MAX)
                        .then(Caller.current())
                        .flatMap(caller -> office.want(name, place, order, caller, version)))
                .map(AppWishesEndpoint::answer);
    }

    private static WishOffice.Order order(Json.Members body) {
        return new WishOffice.Order(
                AppBodies.target(body, "target"),
                AppBodies.text(body, "version"),
                AppBodies.members(body, "environment"),
                AppBodies.members(body, "secrets"),
                AppBodies.ports(body, "ports"));
    }

    private Mono<ResponseEntity<Void>> inherit(Place place, String app, @Nullable String ifMatch) {
        AppName name = new AppName(app);
        Long version = IfMatch.required(ifMatch);
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> office.inherit(name, place, version)))
                .map(AppWishesEndpoint::answer);
    }

    private static ResponseEntity<Void> answer(long version) {
        return ResponseEntity.noContent().eTag("\"" + version + "\"").build();
    }
}
