package dev.muster.apps.reagent;

import dev.muster.kernel.KernelRefusal;
import java.util.regex.Pattern;

/** Names of containers and log channels, as they become parts of URIs: {@code prod_7_hello}, {@code pub_7_hello}. */
final class Containers {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,254}");

    private Containers() {}

    /** Refuses what would be more than one part of a URI. */
    static String only(String container) {
        if (!SHAPE.matcher(container).matches()) {
            throw KernelRefusal.INVALID_REQUEST.because("That is no name of a container.");
        }
        return container;
    }
}
