package dev.muster.updates.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.updates.ReleaseCommand.Cancel;
import dev.muster.updates.ReleaseCommand.CreateRelease;
import dev.muster.updates.ReleaseCommand.DeleteRelease;
import dev.muster.updates.ReleaseCommand.InvalidateRelease;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.SoftwareModule;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
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

    private final Commands commands;
    private final Uploads uploads;
    private final ReleaseAssembly assembly;

    public ReleasesEndpoint(Commands commands, Uploads uploads, ReleaseAssembly assembly) {
        this.commands = commands;
        this.uploads = uploads;
        this.assembly = assembly;
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
    @Operation(summary = "Take a release off the shelf; history keeps it")
    public Mono<Void> delete(@PathVariable String id) {
        return commands.send(new DeleteRelease(ReleaseId.parse(id))).then();
    }

    private Mono<ResponseEntity<CreatedRelease>> create(CreateRelease command) {
        return commands.send(command)
                .thenReturn(ResponseEntity.created(URI.create("/api/v1/releases/" + command.releaseId()))
                        .body(new CreatedRelease(
                                command.releaseId(), command.name(), command.version(), command.modules())));
    }
}
