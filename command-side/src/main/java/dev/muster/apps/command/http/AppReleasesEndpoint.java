package dev.muster.apps.command.http;

import dev.muster.apps.AppCommand;
import dev.muster.apps.AppCommand.NoteArchitecture;
import dev.muster.apps.AppCommand.OfferRelease;
import dev.muster.apps.AppCommand.YankRelease;
import dev.muster.apps.AppName;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.command.CatalogueOffice;
import dev.muster.config.command.http.ObjectBody;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders about releases of apps. */
@RestController
@RequestMapping("/api/v1/apps/{app}/releases")
public class AppReleasesEndpoint {

    private static final Set<String> MEMBERS = Set.of("version", "architectures", "compose", "notes", "offered");

    private final Commands commands;
    private final CatalogueOffice office;

    public AppReleasesEndpoint(Commands commands, CatalogueOffice office) {
        this.commands = commands;
        this.office = office;
    }

    /** A release that is there now. */
    public record OrderedRelease(ReleaseKey key, String version) {}

    /** @param architecture such as {@code arm64} */
    public record BuiltFor(@Nullable String architecture) {}

    /** @param why for people; none for nothing to say */
    public record TakenBack(@Nullable String why) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary = "Add a release of an app",
            description = "The body is {\"version\", \"architectures\": [\"amd64\", …], none for all, \"compose\","
                    + " \"notes\", \"offered\": whether devices that follow the newest release get it, default true}.")
    public Mono<ResponseEntity<OrderedRelease>> add(@PathVariable String app, @RequestBody Flux<DataBuffer> body) {
        AppName name = new AppName(app);
        return ObjectBody.members(body, AppBodies.BYTES_MAX, MEMBERS).flatMap(members -> {
            String version = Given.required(AppBodies.text(members, "version"), "version");
            return office.release(
                            name,
                            version,
                            AppBodies.texts(members, "architectures"),
                            AppBodies.object(members, "compose"),
                            AppBodies.text(members, "notes", ""),
                            AppBodies.flag(members, "offered", true))
                    .map(key -> ResponseEntity.created(URI.create("/api/v1/apps/" + name + "/releases/" + version))
                            .body(new OrderedRelease(key, version)));
        });
    }

    @PostMapping("/{version}/architectures")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Say that there is an image of a release for another architecture")
    public Mono<Void> built(@PathVariable String app, @PathVariable String version, @RequestBody BuiltFor request) {
        return send(new NoteArchitecture(
                new AppName(app), version, Given.required(request.architecture(), "architecture")));
    }

    @PostMapping("/{version}/offer")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Give a release to devices that follow the newest one, when it is that")
    public Mono<Void> offer(@PathVariable String app, @PathVariable String version) {
        return send(new OfferRelease(new AppName(app), version));
    }

    @PostMapping("/{version}/yank")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Take a release back: nobody gets it any more; who has it keeps it until there is another")
    public Mono<Void> yank(
            @PathVariable String app,
            @PathVariable String version,
            @RequestBody(required = false) @Nullable TakenBack request) {
        String why = request == null || request.why() == null ? "" : request.why();
        return send(new YankRelease(new AppName(app), version, why));
    }

    private Mono<Void> send(AppCommand command) {
        return commands.<Object>send(command).then();
    }
}
