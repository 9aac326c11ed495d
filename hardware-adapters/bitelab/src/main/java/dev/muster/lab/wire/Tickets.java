package dev.muster.lab.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a page of the console opens a board's console with, for a browser sends no {@code Authorization} along with a
 * WebSocket. Each works once and not for long.
 */
@FunctionalInterface
public interface Tickets {

    /** Whoever the ticket was made for; null when it is none, was used, is too old, or is another board's. */
    @Nullable
    Proof take(String ticket, String board);
}
