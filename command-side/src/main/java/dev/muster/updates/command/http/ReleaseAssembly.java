package dev.muster.updates.command.http;

import dev.muster.kernel.Given;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.Hardware;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import dev.muster.updates.ReleaseCommand.CreateRelease;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.SoftwareModule.Metadatum;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.http.Fetches.Fetched;
import dev.muster.updates.command.http.ReleaseRequest.ModuleRequest;
import dev.muster.updates.command.http.Uploads.Upload;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts the command for a new release together: artifacts' facts from the store, modules' numbers from their series. */
public final class ReleaseAssembly {

    private static final int LOOK_UPS_AT_ONCE = 4;
    private static final int ARTIFACTS_MAX = 100;

    private final Uploads uploads;
    private final Numbers numbers;

    public ReleaseAssembly(Uploads uploads, Numbers numbers) {
        this.uploads = uploads;
        this.numbers = numbers;
    }

    Mono<CreateRelease> of(ReleaseRequest request) {
        String name = Given.required(request.name(), "name");
        String version = Given.required(request.version(), "version");
        List<ModuleRequest> modules = Given.required(request.modules(), "modules");
        if (modules.isEmpty()) {
            throw UpdatesRefusal.RELEASE_INCOMPLETE.because("A release needs at least one module.");
        }
        return numbers.next(Series.MODULE, modules.size())
                .flatMapMany(first -> Flux.range(0, modules.size()).concatMap(i -> module(first + i, modules.get(i))))
                .collectList()
                .map(done -> new CreateRelease(
                        ReleaseId.of(name, version),
                        name,
                        version,
                        done,
                        Boolean.TRUE.equals(request.migrationStep()),
                        request.notes()));
    }

    /** A release of one bundle: name and version are its own unless given. */
    Mono<CreateRelease> of(
            Upload upload,
            String fileName,
            @Nullable String givenName,
            @Nullable String givenVersion,
            @Nullable String type) {
        return of(artifact(upload, fileName), upload.bundle(), givenName, givenVersion, type);
    }

    /** The same of a bundle that stays where it lies. */
    Mono<CreateRelease> of(
            Fetched fetched,
            String fileName,
            @Nullable String givenName,
            @Nullable String givenVersion,
            @Nullable String type) {
        var file = fetched.file();
        Artifact artifact = new Artifact(
                fileName,
                file.sha256(),
                file.sha1(),
                file.md5(),
                file.size(),
                file.readAt(),
                fetched.url().masked());
        return of(artifact, fetched.bundle(), givenName, givenVersion, type);
    }

    private Mono<CreateRelease> of(
            Artifact artifact,
            @Nullable BundleFacts bundle,
            @Nullable String givenName,
            @Nullable String givenVersion,
            @Nullable String type) {
        String name = firstGiven(givenName, bundle == null ? null : bundle.name(), stem(artifact.fileName()));
        String version = givenVersion != null ? givenVersion : bundle == null ? null : bundle.version();
        if (version == null) {
            throw UpdatesRefusal.RELEASE_INCOMPLETE.because(
                    "The file names no version of its own; give one as 'version'.");
        }
        return numbers.next(Series.MODULE)
                .map(number -> new CreateRelease(
                        ReleaseId.of(name, version),
                        name,
                        version,
                        List.of(new SoftwareModule(
                                number,
                                type == null ? "os" : type,
                                name,
                                version,
                                false,
                                List.of(artifact),
                                List.of(),
                                bundle == null ? List.of() : bundle.compatibility())),
                        false,
                        null));
    }

    private Mono<SoftwareModule> module(long number, ModuleRequest request) {
        List<ReleaseRequest.ArtifactRequest> wanted = request.artifacts() == null ? List.of() : request.artifacts();
        if (wanted.size() > ARTIFACTS_MAX) {
            throw UpdatesRefusal.RELEASE_INCOMPLETE.because("A module has at most " + ARTIFACTS_MAX + " artifacts.");
        }
        List<Metadatum> metadata = request.metadata() == null
                ? List.of()
                : request.metadata().stream()
                        .map(each -> new Metadatum(
                                Given.required(each.key(), "metadata.key"),
                                Given.required(each.value(), "metadata.value"),
                                Boolean.TRUE.equals(each.visible())))
                        .toList();
        return Flux.fromIterable(wanted)
                .flatMapSequential(
                        each -> uploads.find(Given.required(each.sha256(), "artifacts.sha256"))
                                .map(found -> new Found(found, Uploads.fileName(each.fileName()))),
                        LOOK_UPS_AT_ONCE)
                .collectList()
                .map(found -> new SoftwareModule(
                        number,
                        Given.required(request.type(), "modules.type"),
                        Given.required(request.name(), "modules.name"),
                        Given.required(request.version(), "modules.version"),
                        Boolean.TRUE.equals(request.encrypted()),
                        found.stream()
                                .map(each -> artifact(each.upload(), each.fileName()))
                                .toList(),
                        metadata,
                        request.compatibility() != null ? request.compatibility() : compatibility(found)));
    }

    private record Found(Upload upload, String fileName) {}

    private static List<Hardware> compatibility(List<Found> found) {
        return found.stream()
                .map(each -> each.upload().bundle())
                .filter(Objects::nonNull)
                .flatMap(bundle -> bundle.compatibility().stream())
                .distinct()
                .toList();
    }

    private static Artifact artifact(Upload upload, String fileName) {
        var stored = upload.artifact();
        return new Artifact(
                fileName, stored.sha256(), stored.sha1(), stored.md5(), stored.size(), stored.storedAt(), null);
    }

    private static String firstGiven(@Nullable String a, @Nullable String b, String otherwise) {
        return a != null && !a.isBlank() ? a : b != null && !b.isBlank() ? b : otherwise;
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }
}
