package dev.muster.updates.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseEvent.ReleaseDeleted;
import dev.muster.updates.ReleaseEvent.ReleaseInvalidated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.Versions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The releases, folded from the log. A deleted one is kept for history and may be made again. */
public final class CatalogueIndex implements Fold, Catalogue {

    private static final Comparator<Release> NEWEST_FIRST = Comparator.comparing(Release::createdAt)
            .thenComparing(release -> release.ref().id().value())
            .reversed();

    private final ConcurrentHashMap<ReleaseId, Release> releases = new ConcurrentHashMap<>();
    private volatile List<Release> shelf = List.of();

    @Override
    public String name() {
        return "catalogue";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case ReleaseCreated event ->
                put(new Release(
                        new ReleaseRef(event.releaseId(), event.name(), event.version()),
                        List.copyOf(event.modules()),
                        event.migrationStep(),
                        event.notes(),
                        recorded.at(),
                        true,
                        false,
                        recorded.sequence()));
            case ReleaseInvalidated event -> end(event.releaseId(), false, recorded.sequence());
            case ReleaseDeleted event -> end(event.releaseId(), true, recorded.sequence());
            default -> {}
        }
    }

    private void end(ReleaseId id, boolean deleted, long version) {
        Release before = releases.get(id);
        if (before != null) {
            put(new Release(
                    before.ref(),
                    before.modules(),
                    before.migrationStep(),
                    before.notes(),
                    before.createdAt(),
                    false,
                    deleted || before.deleted(),
                    version));
        }
    }

    private void put(Release release) {
        releases.put(release.ref().id(), release);
        List<Release> all = new ArrayList<>(releases.values());
        all.removeIf(Release::deleted);
        all.sort(NEWEST_FIRST);
        shelf = List.copyOf(all);
    }

    @Override
    public @Nullable Release find(ReleaseId id) {
        return releases.get(id);
    }

    @Override
    public Collection<Release> all() {
        return shelf;
    }

    @Override
    public @Nullable Release latest(@Nullable String name, Hardware hardware) {
        Release latest = null;
        for (Release each : shelf) {
            boolean candidate =
                    each.valid() && (name == null || each.ref().name().equals(name)) && each.fits(hardware);
            if (candidate
                    && (latest == null
                            || Versions.ORDER.compare(
                                            each.ref().version(), latest.ref().version())
                                    > 0)) {
                latest = each;
            }
        }
        return latest;
    }
}
