package dev.muster.updates.ddi;

import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SoftwareModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release as documents need it. There are few of them and many actions point here.
 *
 * @param deleted taken off the shelf; running actions still read it
 */
record DeskRelease(ReleaseRef ref, List<SoftwareModule> modules, boolean deleted) {

    DeskRelease {
        modules = List.copyOf(modules);
    }

    /** The module with this number, or null. */
    @Nullable
    SoftwareModule module(long number) {
        for (SoftwareModule module : modules) {
            if (module.number() == number) {
                return module;
            }
        }
        return null;
    }
}
