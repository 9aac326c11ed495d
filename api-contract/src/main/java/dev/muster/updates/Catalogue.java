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

    /** The release to give to devices. Refuses an unknown, a deleted and an invalidated one. */
    default Release usable(ReleaseId id) {
        Release release = find(id);
        if (release == null || release.deleted()) {
            throw UpdatesRefusal.RELEASE_UNKNOWN.because("There is no release " + id + ".");
        }
        if (!release.valid()) {
            throw UpdatesRefusal.RELEASE_INVALIDATED.because(
                    "Release " + release.ref().name() + " " + release.ref().version() + " was invalidated.");
        }
        return release;
    }

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

        /** True when it may still be given to devices. */
        public boolean usable() {
            return valid && !deleted;
        }

        /** The hardware that each module fits; an empty inner list fits all. */
        public List<List<Hardware>> compatibility() {
            return modules.stream().map(SoftwareModule::compatibility).toList();
        }

        /** True when each module fits a device with this hardware. */
        public boolean fits(Hardware device) {
            return modules.stream().allMatch(module -> module.fits(device));
        }
    }
}
