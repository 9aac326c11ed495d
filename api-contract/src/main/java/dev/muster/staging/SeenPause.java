package dev.muster.staging;

import org.jspecify.annotations.Nullable;

/**
 * A pause as somebody saw it who now ends it. No other is ended that way: neither by a request that is sent twice, nor by
 * a second person who looked before the first one resumed.
 *
 * @param cause why it stood still
 * @param group index of the newest group that had started, from 0; null for whichever it is
 */
public record SeenPause(PauseCause cause, @Nullable Integer group) {}
