package dev.muster.updates.modes.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseEvent;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.Versions;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.SoftwareShelf;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The software on the shelf by number. A fold behind the catalogue: when it hears of a release, the catalogue knows
 * it already. The latest for a hardware is looked for once and remembered until the shelf changes, for every poll of
 * a device in mode "latest" asks.
 */
public final class ShelfIndex implements Fold, SoftwareShelf {

    /** Devices say what hardware they are; what they make up is looked for each time instead of being remembered. */
    private static final int REMEMBERED_MAX = 10_000;

    private final Catalogue catalogue;
    private final ConcurrentSkipListMap<Long, Software> byNumber = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<ReleaseId, Software> byRelease = new ConcurrentHashMap<>();
    /** Replaced after each change: what was found before it lands in a map that nobody asks any more. */
    private volatile ConcurrentHashMap<Hardware, Optional<Software>> latest = new ConcurrentHashMap<>();

    public ShelfIndex(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public String name() {
        return "software-shelf";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof ReleaseEvent event) {
            replace(event.releaseId());
            latest = new ConcurrentHashMap<>();
        }
    }

    /** A release that was deleted may be made again, then with another number. */
    private void replace(ReleaseId id) {
        Catalogue.Release release = catalogue.find(id);
        Software after = release == null || release.deleted() ? null : Software.of(release);
        Software before = after == null ? byRelease.remove(id) : byRelease.put(id, after);
        if (after != null) {
            byNumber.put(after.number(), after);
        }
        if (before != null && (after == null || before.number() != after.number())) {
            byNumber.remove(before.number());
        }
    }

    @Override
    public @Nullable Software find(long number) {
        return byNumber.get(number);
    }

    @Override
    public @Nullable Software of(ReleaseId release) {
        return byRelease.get(release);
    }

    @Override
    public List<Software> all() {
        return List.copyOf(byNumber.values());
    }

    @Override
    public @Nullable Software latest(Hardware hardware) {
        ConcurrentHashMap<Hardware, Optional<Software>> remembered = latest;
        Optional<Software> known = remembered.get(hardware);
        if (known == null) {
            known = Optional.ofNullable(greatest(hardware));
            if (remembered.size() < REMEMBERED_MAX) {
                remembered.put(hardware, known);
            }
        }
        return known.orElse(null);
    }

    private @Nullable Software greatest(Hardware hardware) {
        Software greatest = null;
        for (Software each : byNumber.values()) {
            if (Selection.lack(each, hardware) == null
                    && (greatest == null || Versions.ORDER.compare(each.version(), greatest.version()) > 0)) {
                greatest = each;
            }
        }
        return greatest;
    }
}
