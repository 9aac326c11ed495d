package dev.muster.updates.modes;

import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.UpdatesRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The software that devices in update modes can be given, in memory on each node. Asked at every poll; never blocks. */
public interface SoftwareShelf {

    /** By number, also an invalidated one; null when there is none or it was deleted. */
    @Nullable
    Software find(long number);

    /** The software that a release is; null when it is none, was deleted, or is not one single file. */
    @Nullable
    Software of(ReleaseId release);

    /** All that were not deleted, by ascending number. */
    List<Software> all();

    /**
     * The greatest usable version that fits exactly, by {@link dev.muster.updates.Versions#ORDER}, of equal ones the
     * lowest number; null when none fits.
     */
    @Nullable
    Software latest(Hardware hardware);

    /** By number. Refuses one that is not there with {@link UpdatesRefusal#SOFTWARE_UNKNOWN}. */
    default Software known(long number) {
        Software software = find(number);
        if (software == null) {
            throw UpdatesRefusal.SOFTWARE_UNKNOWN.because("No software with ID " + number + " found");
        }
        return software;
    }

    /**
     * Refuses new software with the version text of one on the shelf that some hardware would take both of
     * ({@link UpdatesRefusal#SOFTWARE_COLLIDES}): nobody could say which of the two it has.
     *
     * @param compatibility what the new one fits; empty when it names nothing
     * @param replaced number of the software that the new one takes the place of, or null
     */
    default void onlyWithoutCollision(String version, List<Hardware> compatibility, @Nullable Long replaced) {
        for (Software each : all()) {
            if (each.version().equals(version)
                    && each.overlaps(compatibility)
                    && (replaced == null || each.number() != replaced)) {
                throw UpdatesRefusal.SOFTWARE_COLLIDES.because(
                        "Software with same version and overlapping compatibility already exists");
            }
        }
    }
}
