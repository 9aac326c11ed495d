package dev.muster.updates.ddi;

import dev.muster.updates.ActionCommand.MarkDownloading;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import reactor.core.publisher.Mono;

/**
 * R14 to R16: files of the modules that a device is working on or has installed. What a device was not given does not
 * exist for it.
 */
final class DownloadRoute {

    static final String MD5SUM = ".MD5SUM";

    private final Wires wires;
    private final ArtifactStore store;
    private final FileSender sender;

    DownloadRoute(Wires wires) {
        this.wires = wires;
        this.store = wires.ports.artifacts();
        this.sender = new FileSender(store);
    }

    /** @param action the active action that gave it, null when it is installed already */
    private record Given(SoftwareModule module, @Nullable DeskAction action) {}

    Mono<Void> list(Visit visit, long module) {
        Media media = Wires.accepted(visit);
        byte[] body = wires.documents.artifacts(
                media,
                wires.origin(visit),
                visit.deviceId(),
                given(visit, module).module());
        visit.response.getHeaders().set(HttpHeaders.CONTENT_TYPE, media.type);
        return Answers.bytes(visit.response, body);
    }

    Mono<Void> file(Visit visit, long module, String rawName) {
        String name = DevicePath.decoded(rawName);
        Given given = given(visit, module);
        Artifact artifact = named(given.module(), name);
        if (artifact != null) {
            return download(visit, given, artifact);
        }
        if (name.endsWith(MD5SUM)) {
            artifact = named(given.module(), name.substring(0, name.length() - MD5SUM.length()));
        }
        if (artifact == null) {
            throw DdiFailure.entityNotFound("The module has no file '" + name + "'.");
        }
        return md5(visit, artifact);
    }

    private static @Nullable Artifact named(SoftwareModule module, String fileName) {
        for (Artifact artifact : module.artifacts()) {
            if (artifact.fileName().equals(fileName)) {
                return artifact;
            }
        }
        return null;
    }

    private static Given given(Visit visit, long number) {
        DeskEntry entry = visit.device();
        for (DeskAction action : entry.active()) {
            SoftwareModule module = action.canceling() ? null : action.release().module(number);
            if (module != null) {
                return new Given(module, action);
            }
        }
        for (DeskAction action : entry.proving()) {
            SoftwareModule module = action.release().module(number);
            if (module != null) {
                return new Given(module, null);
            }
        }
        DeskAction installed = entry.installed;
        SoftwareModule module = installed == null ? null : installed.release().module(number);
        if (module == null) {
            throw DdiFailure.entityNotFound("The device was given no module " + number + ".");
        }
        return new Given(module, null);
    }

    private Mono<Void> md5(Visit visit, Artifact artifact) {
        HttpHeaders headers = visit.response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, "text/plain");
        headers.set(HttpHeaders.CONTENT_DISPOSITION, FileHeaders.disposition(artifact.fileName() + MD5SUM));
        String line = artifact.md5() + "  " + artifact.fileName();
        return Answers.bytes(visit.response, line.getBytes(StandardCharsets.UTF_8));
    }

    private Mono<Void> download(Visit visit, Given given, Artifact artifact) {
        String range = visit.isGet() ? visit.headers.getFirst(HttpHeaders.RANGE) : null;
        DeskAction action = given.action();
        Mono<Void> note = Mono.empty();
        if (range == null && visit.isGet() && action != null && !action.waiting() && visit.caller() != Caller.ANYONE) {
            note = wires.orders.mention(
                    visit, new MarkDownloading(visit.device().id, action.number(), artifact.fileName()));
        }
        return note.then(store.find(artifact.sha256()))
                .switchIfEmpty(Mono.error(() -> DdiFailure.binaryGone(artifact.fileName())))
                .flatMap(stored -> send(visit, artifact, stored, range));
    }

    private Mono<Void> send(Visit visit, Artifact artifact, StoredArtifact stored, @Nullable String range) {
        String etag = '"' + artifact.sha1() + '"';
        if (!FileHeaders.matches(visit.headers.getFirst(HttpHeaders.IF_MATCH), artifact.sha1())) {
            throw DdiFailure.preconditionFailed();
        }
        HttpHeaders headers = visit.response.getHeaders();
        if (FileHeaders.isKnown(visit.headers.getFirst(HttpHeaders.IF_NONE_MATCH), etag)) {
            headers.set(HttpHeaders.ETAG, etag);
            visit.response.setStatusCode(HttpStatusCode.valueOf(304));
            return visit.response.setComplete();
        }
        Optional<String> elsewhere = wires.settings.redirectDownloads() && visit.isGet()
                ? store.presignedUrl(artifact.sha256(), artifact.fileName())
                : Optional.empty();
        if (elsewhere.isPresent()) {
            headers.setLocation(URI.create(elsewhere.get()));
            return Answers.empty(visit.response, 307);
        }
        List<ByteRanges.Piece> pieces = List.of();
        String ifRange = visit.headers.getFirst(HttpHeaders.IF_RANGE);
        if (range != null && FileHeaders.isSameFile(ifRange, artifact.sha1(), artifact.storedAt())) {
            pieces = ByteRanges.parse(range, stored.size(), wires.settings.rangesMax());
        }
        if (pieces == null) {
            throw DdiFailure.rangeNotSatisfiable(stored.size());
        }
        headers.set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.set(HttpHeaders.ETAG, etag);
        headers.set(HttpHeaders.LAST_MODIFIED, FileHeaders.date(artifact.storedAt()));
        headers.set(HttpHeaders.CONTENT_DISPOSITION, FileHeaders.disposition(artifact.fileName()));
        headers.set("X-Content-Type-Options", "nosniff");
        if (visit.isHead()) {
            headers.setContentLength(stored.size());
            return visit.response.setComplete();
        }
        wires.metrics.downloadBegun();
        return sender.send(visit.response, stored, pieces);
    }
}
