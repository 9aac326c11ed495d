package dev.muster.updates.simulator;

/**
 * What a simulated fleet has done so far.
 *
 * @param powered devices that have made their first contact
 * @param polls answered polls
 * @param unchanged polls answered by 304
 * @param attributes attribute reports that were accepted
 * @param deployments installations begun
 * @param succeeded installations reported as successful
 * @param failed installations reported as failed
 * @param canceled installations given up because an operator asked
 * @param cuts downloads that broke off and were resumed
 * @param bytes bytes downloaded
 * @param restarts restarts after an installation
 * @param silences times a device fell silent
 * @param lost requests lost on simulated bad networks
 * @param refused answers of 4xx, except 304's kin
 * @param unreachable requests without an answer, or answered by 5xx
 */
public record SimulatorStatistics(
        long powered,
        long polls,
        long unchanged,
        long attributes,
        long deployments,
        long succeeded,
        long failed,
        long canceled,
        long cuts,
        long bytes,
        long restarts,
        long silences,
        long lost,
        long refused,
        long unreachable) {}
