package dev.muster.benchmarks;

import org.jspecify.annotations.Nullable;

/** What a load generator does over and over: one request, and those that follow from its answers. Asked from one thread. */
interface Operation {

    /** Null when there is nothing more to do. */
    byte @Nullable [] first(int number);

    /** The request that follows from an answer, or null when the operation has ended. */
    byte @Nullable [] next(int number, Lane answer);
}
