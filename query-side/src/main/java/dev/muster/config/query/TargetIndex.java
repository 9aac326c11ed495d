package dev.muster.config.query;

import dev.muster.config.ConfigTarget;
import dev.muster.config.TargetEvent.TargetChanged;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;

/** The target of all agents, folded from the log: one reference, so whoever reads it has one whole version. */
public final class TargetIndex implements Fold, ConfigTarget {

    private volatile Version now = Version.NONE;

    @Override
    public String name() {
        return "config-target";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof TargetChanged changed) {
            now = new Version(changed.version(), changed.config());
        }
    }

    @Override
    public Version now() {
        return now;
    }
}
