package dev.muster.apps;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one place says about an app.
 *
 * @param target how it should be; null to leave that to wider places
 * @param version a release to stay with. Null follows the newest one where there is a target, and leaves it to wider
 *     places where there is none
 * @param environment parameter → its value, JSON text
 * @param secrets parameter → its value, JSON text, sealed for {@link Place#keyOwner()} at {@link #secretPlace}; a
 *     parameter is in one of both
 * @param ports rules that differ from the app's own, or are beside them
 */
public record AppWish(
        @Nullable AppTarget target,
        @Nullable String version,
        SortedMap<String, String> environment,
        SortedMap<String, String> secrets,
        List<PortRule> ports) {

    /** Parameters of one wish. */
    public static final int PARAMETERS_MAX = 200;

    /** Characters of all values of one wish. */
    public static final int VALUES_LENGTH_MAX = 256 << 10;

    public static final AppWish NOTHING = new AppWish(null, null, new TreeMap<>(), new TreeMap<>(), List.of());

    public AppWish {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        ports = List.copyOf(ports);
    }

    /** The same, but for its release; and for its target, unless that is null. */
    public AppWish adopting(String newVersion, @Nullable AppTarget newTarget) {
        return new AppWish(newTarget == null ? target : newTarget, newVersion, environment, secrets, ports);
    }

    /** What a sealed parameter is bound to. */
    public static String secretPlace(AppKey app, Place place, String parameter) {
        return "app-wish/" + app + "/" + place + "#" + parameter;
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "AppWish[" + target + ", " + version + ", " + environment.keySet() + ", " + secrets.keySet() + ", "
                + ports + "]";
    }
}
