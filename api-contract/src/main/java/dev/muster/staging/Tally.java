package dev.muster.staging;

/** How many of a group ended how, since the last time. */
public record Tally(int group, int succeeded, int failed, int canceled) {}
