package dev.muster.updates.modes;

import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.Versions;
import dev.muster.updates.modes.FeedRollouts.FeedRollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A shelf and its feeds as plain as can be: every question looks at everything. */
final class SmallShop implements SoftwareShelf {

    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    final Map<Long, Software> software = new TreeMap<>();
    final List<FeedRollout> rollouts = new ArrayList<>();

    SmallShop has(long number, String version, Hardware... compatibility) {
        return has(number, version, true, compatibility);
    }

    SmallShop has(long number, String version, boolean usable, Hardware... compatibility) {
        ReleaseRef release = new ReleaseRef(ReleaseId.of("os-" + number, version), "os-" + number, version);
        software.put(number, new Software(number, release, version, file(), List.of(compatibility), START, usable));
        return this;
    }

    private static Artifact file() {
        return new Artifact("a.swu", "0".repeat(64), "0".repeat(40), "0".repeat(32), 12, START, null);
    }

    /** A second after the one before. */
    SmallShop gives(long number, String feed, long software, boolean paused) {
        rollouts.add(new FeedRollout(
                number,
                "rollout " + number,
                feed,
                software,
                this.software.get(software).release(),
                START.plusSeconds(rollouts.size()),
                paused,
                0,
                0));
        return this;
    }

    SmallShop pauses(long number, boolean paused) {
        rollouts.replaceAll(each -> each.number() != number
                ? each
                : new FeedRollout(
                        each.number(),
                        each.name(),
                        each.feed(),
                        each.software(),
                        each.release(),
                        each.createdAt(),
                        paused,
                        each.successCount(),
                        each.failureCount()));
        return this;
    }

    @Override
    public Software find(long number) {
        return software.get(number);
    }

    @Override
    public Software of(ReleaseId release) {
        return software.values().stream()
                .filter(each -> each.release().id().equals(release))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Software> all() {
        return List.copyOf(software.values());
    }

    @Override
    public Software latest(Hardware hardware) {
        return software.values().stream()
                .filter(each -> each.usable() && each.fits(hardware))
                .max(Comparator.comparing(Software::version, Versions.ORDER)
                        .thenComparing(Comparator.comparing(Software::number).reversed()))
                .orElse(null);
    }

    FeedRollouts feeds() {
        return new Feeds();
    }

    private final class Feeds implements FeedRollouts {

        @Override
        public FeedRollout find(long number) {
            return rollouts.stream()
                    .filter(each -> each.number() == number)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public List<FeedRollout> all() {
            return List.copyOf(rollouts);
        }

        @Override
        public FeedRollout newest(String feed, Hardware hardware) {
            return rollouts.stream()
                    .filter(each -> each.feed().equals(feed) && !each.paused() && isFor(each, hardware))
                    .max(Comparator.comparing(FeedRollout::createdAt))
                    .orElse(null);
        }

        private boolean isFor(FeedRollout rollout, Hardware hardware) {
            Software given = software.get(rollout.software());
            return given != null && given.usable() && given.fits(hardware);
        }
    }
}
