package dev.muster.updates.command.http;

import dev.muster.updates.Hardware;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A release to make of uploaded artifacts. */
public record ReleaseRequest(
        @Nullable String name,
        @Nullable String version,
        @Nullable List<ModuleRequest> modules,
        @Nullable Boolean migrationStep,
        @Nullable String notes) {

    /** @param compatibility overrides what the artifacts' bundles name; empty fits all */
    public record ModuleRequest(
            @Nullable String type,
            @Nullable String name,
            @Nullable String version,
            @Nullable Boolean encrypted,
            @Nullable List<ArtifactRequest> artifacts,
            @Nullable List<MetadatumRequest> metadata,
            @Nullable List<Hardware> compatibility) {}

    public record ArtifactRequest(
            @Nullable String sha256, @Nullable String fileName) {}

    public record MetadatumRequest(
            @Nullable String key,
            @Nullable String value,
            @Nullable Boolean visible) {}
}
