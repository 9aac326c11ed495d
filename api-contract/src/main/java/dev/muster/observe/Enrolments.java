package dev.muster.observe;

import dev.muster.registry.DeviceId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** All enrolled devices, in memory on each node, folded from the log. Reading takes no lock. */
public interface Enrolments {

    /** The device that goes by this uid now, or null. */
    @Nullable
    Enrolment find(Uid uid);

    @Nullable
    Enrolment of(DeviceId deviceId);

    /** All in the order of enrolment. */
    Collection<Enrolment> all();

    int size();

    /** Changes whenever anything above may answer differently: for caches of what was rendered from it. */
    long revision();
}
