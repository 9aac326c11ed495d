package dev.muster.lab;

import java.util.concurrent.CompletableFuture;

/**
 * What turns boards on and off. Never blocks; one request at a time goes to a switch. Fails with a
 * {@link dev.muster.kernel.Refused} of {@link LabRefusal}: {@code POWER_TIMEOUT}, {@code POWER_AUTH},
 * {@code POWER_DENIED}, {@code NO_SUCH_PORT}, {@code POWER_FAULT}. A board without an option for power fails with
 * {@link LabRefusal#CAPABILITY_MISSING}.
 */
public interface PowerSwitches {

    /** Reads; {@link Power#UNKNOWN} when the switch says something that is neither on nor off. */
    CompletableFuture<Power> read(BoardDefinition board);

    /** Switches, then reads back what became of it. */
    CompletableFuture<Power> order(BoardDefinition board, PowerAction action);

    /** Where it stands; for metrics and health. True when the last answers of the board's switch were good. */
    boolean isReachable(BoardDefinition board);
}
