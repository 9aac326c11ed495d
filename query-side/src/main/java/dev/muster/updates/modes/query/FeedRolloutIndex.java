package dev.muster.updates.modes.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.updates.Hardware;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutCreated;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutDeleted;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutPaused;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutResumed;
import dev.muster.updates.modes.FeedRollouts;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.modes.SoftwareShelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of feeds, with the ends of their devices added up. Each end stands once in the log, so it counts once.
 * The shelf is asked when a rollout is, for software comes and goes without its rollouts.
 */
public final class FeedRolloutIndex implements Fold, FeedRollouts {

    private static final Comparator<FeedRollout> OLDEST_FIRST =
            Comparator.comparing(FeedRollout::createdAt).thenComparing(FeedRollout::number);

    private final SoftwareShelf shelf;
    private final ConcurrentHashMap<Long, FeedRollout> byNumber = new ConcurrentHashMap<>();
    /** What may be given at present, by feed, newest first. Counts in it are stale. */
    private volatile Map<String, List<FeedRollout>> active = Map.of();

    public FeedRolloutIndex(SoftwareShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public String name() {
        return "feed-rollouts";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case FeedRolloutCreated event -> {
                byNumber.put(
                        event.number(),
                        new FeedRollout(
                                event.number(),
                                event.name(),
                                event.feed(),
                                event.software(),
                                event.release(),
                                recorded.at(),
                                false,
                                0,
                                0));
                sort();
            }
            case FeedRolloutPaused event -> {
                change(event.number(), each -> with(each, true, each.successCount(), each.failureCount()));
                sort();
            }
            case FeedRolloutResumed event -> {
                change(event.number(), each -> with(each, false, each.successCount(), each.failureCount()));
                sort();
            }
            case FeedRolloutDeleted event -> {
                byNumber.remove(event.number());
                sort();
            }
            case FollowingFinished event ->
                change(
                        event.rollout(),
                        each -> with(each, each.paused(), each.successCount() + 1, each.failureCount()));
            case FollowingFailed event ->
                change(
                        event.rollout(),
                        each -> with(each, each.paused(), each.successCount(), each.failureCount() + 1));
            default -> {}
        }
    }

    private void change(@Nullable Long number, UnaryOperator<FeedRollout> change) {
        if (number != null) {
            byNumber.computeIfPresent(number, (key, before) -> change.apply(before));
        }
    }

    private static FeedRollout with(FeedRollout before, boolean paused, long successCount, long failureCount) {
        return new FeedRollout(
                before.number(),
                before.name(),
                before.feed(),
                before.software(),
                before.release(),
                before.createdAt(),
                paused,
                successCount,
                failureCount);
    }

    private void sort() {
        Map<String, List<FeedRollout>> next = new HashMap<>();
        byNumber.values().stream()
                .filter(each -> !each.paused())
                .sorted(OLDEST_FIRST.reversed())
                .forEach(each -> next.computeIfAbsent(each.feed(), feed -> new ArrayList<>())
                        .add(each));
        active = next;
    }

    @Override
    public @Nullable FeedRollout find(long number) {
        FeedRollout rollout = byNumber.get(number);
        return rollout == null || shelf.find(rollout.software()) == null ? null : rollout;
    }

    @Override
    public List<FeedRollout> all() {
        return byNumber.values().stream()
                .filter(each -> shelf.find(each.software()) != null)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    @Override
    public @Nullable FeedRollout newest(@Nullable String feed, Hardware hardware) {
        if (feed == null) {
            return null;
        }
        for (FeedRollout each : active.getOrDefault(feed, List.of())) {
            if (Selection.lack(shelf.find(each.software()), hardware) == null) {
                return byNumber.getOrDefault(each.number(), each);
            }
        }
        return null;
    }
}
