package dev.muster.updates.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.Positions;
import dev.muster.updates.ReleaseCommand.Cancel;
import dev.muster.updates.ReleaseCommand.CreateRelease;
import dev.muster.updates.ReleaseCommand.DeleteRelease;
import dev.muster.updates.ReleaseCommand.InvalidateRelease;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.UrlMask;
import dev.muster.updates.modes.FeedRollouts;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.SoftwareShelf;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders about software releases. */
@RestController
public class ReleasesEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final Uploads uploads;
    private final Fetches fetches;
    private final ReleaseAssembly assembly;
    private final ReleaseFiles files;
    private final SoftwareShelf shelf;
    private final FeedRollouts feedRollouts;
    private final Positions positions;

    public ReleasesEndpoint(
            Commands commands,
            Uploads uploads,
            Fetches fetches,
            ReleaseAssembly assembly,
            ReleaseFiles files,
            SoftwareShelf shelf,
            FeedRollouts feedRollouts,
            Positions positions) {
        this.commands = commands;
        this.uploads = uploads;
        this.fetches = fetches;
        this.assembly = assembly;
        this.files = files;
        this.shelf = shelf;
        this.feedRollouts = feedRollouts;
        this.positions = positions;
    }

    /** A new release; the catalogue shows the same under its id. */
    public record CreatedRelease(ReleaseId id, String name, String version, List<SoftwareModule> modules) {}

    /** @param cancel what becomes of open actions of the release; default is to ask the devices to stop */
    public record InvalidationRequest(@Nullable Cancel cancel) {}

    @PostMapping("/api/v1/releases")
    @Requires(Permission.SOFTWARE_WRITE)
    @Operation(summary = "Make a release of uploaded artifacts")
    public Mono<ResponseEntity<CreatedRelease>> create(@RequestBody ReleaseRequest request) {
        return assembly.of(request).flatMap(this::create);
    }

    @PostMapping(path = "/api/v1/releases:upload", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Requires(Permission.SOFTWARE_WRITE)
    @Operation(summary = "From bundle to release in one call: name, version and hardware are read from the bundle")
    public Mono<ResponseEntity<CreatedRelease>> upload(
            @RequestParam(required = false) @Nullable String filename,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String version,
            @RequestParam(required = false) @Nullable String type,
            @RequestBody Flux<DataBuffer> body) {
        String fileName = Uploads.fileName(filename);
        return uploads.take(body)
                .flatMap(upload -> assembly.of(upload, fileName, name, version, type))
                .flatMap(this::create);
    }

    /**
     * A bundle that stays where it lies.
     *
     * @param url http or https, with user and password if the other host wants them
     * @param name instead of the bundle's own
     * @param version instead of the bundle's own
     * @param type of the module, {@code os} unless given
     */
    public record FetchRequest(
            @Nullable String url,
            @Nullable String name,
            @Nullable String version,
            @Nullable String type) {

        /** Without the password. */
        @Override
        public String toString() {
            return "FetchRequest[" + (url == null ? null : UrlMask.masked(url)) + "]";
        }
    }

    @PostMapping("/api/v1/releases:fetch")
    @Requires(Permission.SOFTWARE_WRITE)
    @Operation(
            summary = "From a bundle on another host to release: it is read once, and devices fetch it from there;"
                    + " a password in the address is kept, and not shown again")
    public Mono<ResponseEntity<CreatedRelease>> fetch(@RequestBody FetchRequest request) {
        RemoteUrl url = RemoteUrl.parse(Given.required(request.url(), "url"));
        String fileName = Uploads.fileName(url.fileName());
        return fetches.take(url)
                .flatMap(fetched -> assembly.of(fetched, fileName, request.name(), request.version(), request.type()))
                .flatMap(this::create);
    }

    @PostMapping("/api/v1/releases/{id}/invalidate")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.SOFTWARE_WRITE)
    @Operation(summary = "Declare a release bad: its rollouts and standing assignments end, devices are asked to stop")
    public Mono<Void> invalidate(
            @PathVariable String id, @RequestBody(required = false) @Nullable InvalidationRequest request) {
        Cancel cancel = request == null || request.cancel() == null ? Cancel.SOFT : request.cancel();
        return commands.send(new InvalidateRelease(ReleaseId.parse(id), cancel)).then();
    }

    @DeleteMapping("/api/v1/releases/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.SOFTWARE_WRITE)
    @Operation(
            summary = "Take a release off the shelf, and files that nothing else needs out of the store;"
                    + " history keeps it")
    public Mono<Void> delete(@PathVariable String id) {
        ReleaseId releaseId = ReleaseId.parse(id);
        return positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> {
            Software software = shelf.of(releaseId);
            if (software != null) {
                feedRollouts.onlyUnreferenced(software.number());
            }
            return files.alone(
                    commands.<Object>send(new DeleteRelease(releaseId)).then(files.clear(releaseId)));
        }));
    }

    private Mono<ResponseEntity<CreatedRelease>> create(CreateRelease command) {
        return files.alone(files.onlyStored(command.modules()).then(Mono.defer(() -> commands.<Object>send(command))))
                .thenReturn(ResponseEntity.created(URI.create("/api/v1/releases/" + command.releaseId()))
                        .body(new CreatedRelease(
                                command.releaseId(), command.name(), command.version(), command.modules())));
    }
}
