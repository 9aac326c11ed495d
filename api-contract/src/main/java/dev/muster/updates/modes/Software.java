package dev.muster.updates.modes;

import dev.muster.updates.Catalogue;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release that is one file: what devices in update modes install. Releases with more modules or artifacts are
 * for actions only and do not appear here.
 *
 * @param number the number of its module: positive, unique for ever, also after the release is deleted
 * @param release the release it is
 * @param version the module's version, verbatim; what the device has once it is installed
 * @param artifact the file
 * @param compatibility the hardware it fits, each pair once, in the bundle's order; never empty, see {@link #fits}
 * @param createdAt when it was put on the shelf
 * @param usable false when the release was invalidated: listed, but given to nobody
 */
public record Software(
        long number,
        ReleaseRef release,
        String version,
        Artifact artifact,
        List<Hardware> compatibility,
        Instant createdAt,
        boolean usable) {

    /** What a device is that says nothing, and what a bundle fits that names nothing. */
    public static final Hardware UNNAMED = new Hardware(Hardware.ANY, Hardware.ANY);

    public Software {
        compatibility = compatibility.isEmpty()
                ? List.of(UNNAMED)
                : compatibility.stream().distinct().toList();
    }

    /** The release as software, or null when it is not one single file. */
    public static @Nullable Software of(Catalogue.Release release) {
        if (release.modules().size() != 1) {
            return null;
        }
        SoftwareModule module = release.modules().getFirst();
        if (module.artifacts().size() != 1) {
            return null;
        }
        return new Software(
                module.number(),
                release.ref(),
                module.version(),
                module.artifacts().getFirst(),
                module.compatibility(),
                release.createdAt(),
                release.usable());
    }

    /**
     * True when the device's board and revision are among the pairs, text by text. {@link Hardware#fits} knows "any
     * board" and "any revision", because actions are given by people who choose whom to give them to; here software
     * chooses its devices by itself, and one that names nothing must not reach boards that say what they are.
     */
    public boolean fits(Hardware device) {
        return compatibility.contains(device);
    }

    /** True when some hardware would take both. */
    public boolean overlaps(List<Hardware> others) {
        return others.isEmpty() ? fits(UNNAMED) : others.stream().anyMatch(this::fits);
    }
}
