package dev.muster.apps;

import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said about apps in which places, in memory on each node, folded from the log. */
public interface AppWishes {

    /** Null when the place never said anything about it. */
    @Nullable
    Placed find(AppKey app, Place place);

    /** Of all apps that the place says something about, by key. */
    List<Placed> at(Place place);

    /** Of all places that say something about the app, in order. */
    List<Placed> about(AppKey app);

    /** What counts for a device: its project's, its groups' from the widest, its own. Empty for one that is not enrolled. */
    List<WantedApp.Said> of(DeviceId device, AppKey app);

    /** Apps that any place of the device says something about. */
    Set<AppKey> apps(DeviceId device);

    /**
     * @param wish {@link AppWish#NOTHING} when it says nothing any more
     * @param version from 1, for If-Match
     */
    record Placed(AppKey app, Place place, AppWish wish, long version, long account, boolean says) {}
}
