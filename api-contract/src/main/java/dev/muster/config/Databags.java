package dev.muster.config;

import dev.muster.registry.DeviceId;
import java.util.Collection;
import java.util.Optional;

/** All databags, secrets sealed, in memory on each node, folded from the log. */
public interface Databags {

    /** As it is now; empty and version 0 when nothing was ever written. */
    Databag find(DatabagId id);

    /** Every databag of a registry. */
    Collection<DatabagId> of(RegistryId registry);

    /** Every databag that belongs to a device, wishes and actual. */
    Collection<DatabagId> of(DeviceId device);

    /** As it was at a version, read from the log; empty when it never had it. Blocking; off the event loop. */
    Optional<Databag> at(DatabagId id, long version);
}
