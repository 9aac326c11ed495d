package dev.muster.updates.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.updates.BundleFacts;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files on their way in. */
@RestController
public class ArtifactsEndpoint {

    private final Uploads uploads;

    public ArtifactsEndpoint(Uploads uploads) {
        this.uploads = uploads;
    }

    /** A stored file; hashes in lower-case hex, size in bytes. {@code bundle} is absent for a plain file. */
    public record UploadedArtifact(
            String sha256,
            String sha1,
            String md5,
            long size,
            String fileName,
            @Nullable BundleFacts bundle) {}

    @PostMapping(path = "/api/v1/artifacts", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Permission.SOFTWARE_WRITE)
    @Operation(summary = "Upload a file; answers what it says about itself, before anything is released")
    public Mono<UploadedArtifact> upload(
            @RequestParam(required = false) @Nullable String filename, @RequestBody Flux<DataBuffer> body) {
        String name = Uploads.fileName(filename);
        return uploads.take(body)
                .map(upload -> new UploadedArtifact(
                        upload.artifact().sha256(),
                        upload.artifact().sha1(),
                        upload.artifact().md5(),
                        upload.artifact().size(),
                        name,
                        upload.bundle()));
    }
}
