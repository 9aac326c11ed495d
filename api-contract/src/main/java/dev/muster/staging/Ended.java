package dev.muster.staging;

/**
 * A member for whom it is over.
 *
 * @param position global position of the event that says so; several members may have ended with one
 * @param group index of its group, from 0
 */
public record Ended(long position, int group, Outcome outcome) {}
