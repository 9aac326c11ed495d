package dev.muster.overview.view;

import java.time.Instant;

/**
 * An event that could not be folded, or that waits behind one.
 *
 * @param projection name and generation, {@code actions@1}
 * @param sequence what waits in order
 * @param position of the event
 * @param type the event's record name
 * @param reason what went wrong, in one line
 * @param parkedAt when it was set aside
 */
public record DeadLetter(
        String projection, String sequence, long position, String type, String reason, Instant parkedAt) {}
