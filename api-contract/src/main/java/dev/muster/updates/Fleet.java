package dev.muster.updates;

import dev.muster.kernel.Page;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every device with its software state, in memory on each node: lists, previews, rollouts, standing assignments and
 * service discovery ask the same index, so a filter means one thing everywhere.
 */
public interface Fleet {

    @Nullable
    DeviceView find(DeviceId id);

    /** What an offer needs to know of a device: much less than the whole view, for it is asked of every member. */
    @Nullable
    Recipient recipient(DeviceId id);

    /** Refuses a broken filter, sort or cursor with {@link dev.muster.kernel.KernelRefusal}. */
    Page<DeviceView> page(FleetQuery query);

    /** Compiles RSQL once; null or blank matches all. Refuses a broken filter. */
    Predicate<DeviceView> filter(@Nullable String rsql);

    /** The same for ids, for a filter that is asked of many: compiled once; who is not in the fleet does not match. */
    default Predicate<DeviceId> hits(@Nullable String rsql) {
        Predicate<DeviceView> matches = filter(rsql);
        return id -> {
            DeviceView device = find(id);
            return device != null && matches.test(device);
        };
    }

    /** Ids of all matching devices in ascending order. */
    List<DeviceId> matching(@Nullable String rsql);

    /** Who would take part if the release were rolled out over the filter's hits now. Refuses a broken filter. */
    Membership membership(Catalogue.Release release, @Nullable String rsql);

    /** How many devices there are. */
    int size();

    /**
     * Somebody a release can be given to.
     *
     * @param hardware what the device says it is
     * @param returnedAt since when it is in the registry again after it was decommissioned, null if it never was:
     *     what it had before is no longer its own
     */
    record Recipient(
            DeviceId id, Hardware hardware, @Nullable Instant returnedAt) {}

    /**
     * The answer to who takes part, each list in ascending order of id.
     *
     * @param members those that take part
     * @param incompatible those that the filter hits, but the release does not fit
     */
    record Membership(List<DeviceId> members, List<DeviceId> incompatible) {

        public Membership {
            members = List.copyOf(members);
            incompatible = List.copyOf(incompatible);
        }

        /** How many the filter hits. */
        public int matching() {
            return members.size() + incompatible.size();
        }
    }

    /**
     * @param filter RSQL or null
     * @param text words that must all occur in id, name, address, group, tags or attribute values; or null
     * @param sort field, descending with a leading minus; null for the id
     * @param after cursor of the previous page or null
     * @param limit 1 to {@link Page#LIMIT_MAX}
     * @param count whether to count all hits
     */
    record FleetQuery(
            @Nullable String filter,
            @Nullable String text,
            @Nullable String sort,
            @Nullable String after,
            int limit,
            boolean count) {}
}
