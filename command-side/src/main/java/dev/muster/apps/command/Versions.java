package dev.muster.apps.command;

import dev.muster.kernel.KernelRefusal;
import org.jspecify.annotations.Nullable;

/** Nobody overwrites what they have not seen. */
final class Versions {

    private Versions() {}

    static void onlyExpected(@Nullable Long expected, long version) {
        if (expected != null && expected != version) {
            throw KernelRefusal.VERSION_LOST.because("It is at version " + version + ", not " + expected + ".");
        }
    }
}
