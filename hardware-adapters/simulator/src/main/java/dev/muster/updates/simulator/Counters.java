package dev.muster.updates.simulator;

import java.util.concurrent.atomic.LongAdder;

/** The running counts behind {@link SimulatorStatistics}. */
final class Counters {

    final LongAdder powered = new LongAdder();
    final LongAdder polls = new LongAdder();
    final LongAdder unchanged = new LongAdder();
    final LongAdder attributes = new LongAdder();
    final LongAdder deployments = new LongAdder();
    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder canceled = new LongAdder();
    final LongAdder cuts = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder restarts = new LongAdder();
    final LongAdder silences = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder unreachable = new LongAdder();

    SimulatorStatistics now() {
        return new SimulatorStatistics(
                powered.sum(),
                polls.sum(),
                unchanged.sum(),
                attributes.sum(),
                deployments.sum(),
                succeeded.sum(),
                failed.sum(),
                canceled.sum(),
                cuts.sum(),
                bytes.sum(),
                restarts.sum(),
                silences.sum(),
                lost.sum(),
                refused.sum(),
                unreachable.sum());
    }
}
