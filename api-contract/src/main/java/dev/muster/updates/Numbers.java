package dev.muster.updates;

import reactor.core.publisher.Mono;

/** Draws the integers that wire protocols want. Later numbers are larger on one node. */
public interface Numbers {

    Mono<Long> next(NumberCommand.Series series);

    /** Draws {@code count} consecutive numbers and answers the first. */
    Mono<Long> next(NumberCommand.Series series, int count);
}
