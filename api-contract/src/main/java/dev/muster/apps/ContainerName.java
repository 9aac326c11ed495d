package dev.muster.apps;

import dev.muster.kernel.KernelRefusal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What agents call containers of apps, and the logs that are kept under the same names. */
public final class ContainerName {

    /** A container's name is one part of a topic: no dots. */
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,254}");

    private ContainerName() {}

    /** Of the app's one container, such as {@code prod_7_hello}. */
    public static String of(AppStage stage, AppCatalogue.App app) {
        return stage.name().toLowerCase(Locale.ROOT) + "_" + app.key() + "_" + app.name();
    }

    /** Of the log that building and pushing a release is told in. */
    public static String ofPublishing(AppCatalogue.App app) {
        return "pub_" + app.key() + "_" + app.name();
    }

    /**
     * One of an app's containers: where it is a composition, each has a name of its own that begins as the app's. Any other
     * is refused.
     *
     * @param named null for the app's own
     */
    public static String within(AppStage stage, AppCatalogue.App app, @Nullable String named) {
        String own = of(stage, app);
        if (named == null || named.equals(own)) {
            return own;
        }
        if (SHAPE.matcher(named).matches() && named.startsWith(own + "_compose-")) {
            return named;
        }
        throw KernelRefusal.INVALID_REQUEST.because("'" + named + "' is no container of this app.");
    }
}
