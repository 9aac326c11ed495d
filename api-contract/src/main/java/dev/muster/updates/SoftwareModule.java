package dev.muster.updates;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One installable part of a release.
 *
 * @param number its number on the device wire, positive, unique for ever
 * @param type kind of software: {@code os}, {@code application}, {@code runtime} or any other key
 * @param name name on the wire
 * @param version version on the wire
 * @param encrypted whether its artifacts are encrypted
 * @param artifacts the files
 * @param metadata extra parameters
 * @param compatibility hardware its bundles name; empty fits all
 */
public record SoftwareModule(
        long number,
        String type,
        String name,
        String version,
        boolean encrypted,
        List<Artifact> artifacts,
        List<Metadatum> metadata,
        List<Hardware> compatibility) {

    public SoftwareModule {
        artifacts = List.copyOf(artifacts);
        metadata = List.copyOf(metadata);
        compatibility = List.copyOf(compatibility);
    }

    /** True when a device with this hardware may take the module. */
    public boolean fits(Hardware device) {
        return compatibility.isEmpty() || compatibility.stream().anyMatch(each -> each.fits(device));
    }

    /**
     * A file of the module; hashes in lower-case hex, size in bytes.
     *
     * @param storedAt when it was stored here, or read from where it lies
     * @param url where the content lies when it lies elsewhere, null when it is in the {@link ArtifactStore}. A
     *     password in it is masked, because this is history and is shown; {@link UrlPasswords#whole} makes the address
     *     that devices get.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Artifact(
            String fileName,
            String sha256,
            String sha1,
            String md5,
            long size,
            Instant storedAt,
            @Nullable String url) {}

    /** A parameter; devices see it only when {@code visible}. */
    public record Metadatum(String key, String value, boolean visible) {}
}
