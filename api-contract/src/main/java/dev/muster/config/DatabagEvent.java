package dev.muster.config;

import java.util.List;

/** What happened to one databag. Who did it is in the event's provenance. */
public sealed interface DatabagEvent {

    DatabagId databagId();

    /** Counts what happened to the databag, from 1. */
    long version();

    /**
     * @param requests the paths asked for, without their values
     * @param schemaRevision the definition it was validated against
     */
    record ViewWritten(
            DatabagId databagId,
            long version,
            Profile profile,
            String view,
            List<String> requests,
            long schemaRevision,
            List<Delta> deltas)
            implements DatabagEvent {}

    record DatabagReverted(DatabagId databagId, long version, long toVersion, long schemaRevision, List<Delta> deltas)
            implements DatabagEvent {}

    /**
     * The key of these secrets was destroyed: they are gone, here and in all of history.
     *
     * @param paths storage paths, without values
     */
    record SecretsForgotten(DatabagId databagId, long version, List<String> paths) implements DatabagEvent {}

    /** What it did to the storage. */
    default List<Delta> changes() {
        return switch (this) {
            case ViewWritten e -> e.deltas();
            case DatabagReverted e -> e.deltas();
            case SecretsForgotten e -> e.paths().stream().map(Delta::removed).toList();
        };
    }
}
