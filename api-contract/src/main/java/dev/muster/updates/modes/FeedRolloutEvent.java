package dev.muster.updates.modes;

import dev.muster.updates.ReleaseRef;

/** What happened to a feed's rollout. How its devices fare is told by {@link FollowingEvent}s that name its number. */
public sealed interface FeedRolloutEvent {

    long number();

    record FeedRolloutCreated(long number, String name, String feed, long software, ReleaseRef release)
            implements FeedRolloutEvent {}

    record FeedRolloutPaused(long number) implements FeedRolloutEvent {}

    record FeedRolloutResumed(long number) implements FeedRolloutEvent {}

    record FeedRolloutDeleted(long number) implements FeedRolloutEvent {}
}
