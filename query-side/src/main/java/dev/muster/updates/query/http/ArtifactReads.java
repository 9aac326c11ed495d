package dev.muster.updates.query.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import dev.muster.updates.UpdatesRefusal;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files as they were uploaded, for people and automation; devices have links of their own. */
@RestController
public class ArtifactReads {

    private final ArtifactStore store;

    public ArtifactReads(ArtifactStore store) {
        this.store = store;
    }

    @GetMapping("/api/v1/artifacts/{sha256}")
    @Requires(Permission.SOFTWARE_READ)
    @Operation(summary = "Download a file by its SHA-256; one byte range may be asked for")
    public Mono<Void> download(
            @PathVariable String sha256,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            ServerHttpResponse response) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw unknown(sha256);
        }
        return store.find(sha256)
                .switchIfEmpty(Mono.error(() -> unknown(sha256)))
                .flatMap(artifact -> send(artifact, range, ifNoneMatch, response));
    }

    private Mono<Void> send(
            StoredArtifact artifact,
            @Nullable String range,
            @Nullable String ifNoneMatch,
            ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        String tag = "\"" + artifact.sha256() + "\"";
        headers.setETag(tag);
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.setCacheControl("private, max-age=31536000, immutable");
        if (ifNoneMatch != null
                && (ifNoneMatch.contains(tag) || ifNoneMatch.strip().equals("*"))) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        headers.setContentType(MediaType.APPLICATION_OCTET_STREAM);
        headers.setContentDisposition(
                ContentDisposition.attachment().filename(artifact.sha256()).build());
        long first = 0;
        long last = artifact.size() - 1;
        HttpRange wanted = only(range);
        if (wanted != null && artifact.size() > 0) {
            try {
                first = wanted.getRangeStart(artifact.size());
                last = wanted.getRangeEnd(artifact.size());
            } catch (IllegalArgumentException e) {
                first = artifact.size();
            }
            if (first > last) {
                response.setStatusCode(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
                headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + artifact.size());
                return response.setComplete();
            }
            response.setStatusCode(HttpStatus.PARTIAL_CONTENT);
            headers.set(HttpHeaders.CONTENT_RANGE, "bytes " + first + "-" + last + "/" + artifact.size());
        }
        long length = last - first + 1;
        headers.setContentLength(length);
        DataBufferFactory buffers = response.bufferFactory();
        Flux<DataBuffer> content = length == 0
                ? Flux.empty()
                : store.read(artifact.sha256(), first, length).map(buffers::wrap);
        return response.writeWith(content);
    }

    /** The one range that was asked for; several, or none that can be read, mean the whole file. */
    private static @Nullable HttpRange only(@Nullable String range) {
        if (range == null || range.length() > 200) {
            return null;
        }
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(range);
            return ranges.size() == 1 ? ranges.getFirst() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static dev.muster.kernel.Refused unknown(String sha256) {
        return UpdatesRefusal.ARTIFACT_UNKNOWN.because(
                "There is no artifact " + (sha256.length() > 64 ? sha256.substring(0, 64) + "…" : sha256) + ".");
    }
}
