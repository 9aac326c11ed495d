package dev.muster.updates;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The releases on the shelf, folded from the log into memory: there are few of them, and every poll needs them. */
public interface Catalogue {

    /** Also finds invalidated and deleted ones, for history's sake. */
    @Nullable
    Release find(ReleaseId id);

    /** All that were not deleted, newest first. */
    Collection<Release> all();

    /** The greatest version among the valid releases that fit, by {@link Versions}; null when none does. */
    @Nullable
    Release latest(@Nullable String name, Hardware hardware);

    record Release(
            ReleaseRef ref,
            List<SoftwareModule> modules,
            boolean migrationStep,
            @Nullable String notes,
            Instant createdAt,
            boolean valid,
            boolean deleted,
            long version) {

        /** True when each module fits a device with this hardware. */
        public boolean fits(Hardware device) {
            return modules.stream().allMatch(module -> module.fits(device));
        }
    }
}
