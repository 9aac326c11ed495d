package dev.muster.config.command;

import dev.muster.config.ConfigTarget.Version;
import dev.muster.config.TargetCommand.SetTarget;
import dev.muster.config.TargetEvent;
import dev.muster.config.TargetEvent.TargetChanged;
import dev.muster.kernel.KernelRefusal;
import java.util.List;

/** What follows from setting the target of all agents. */
final class TargetDecision {

    private TargetDecision() {}

    /** Texts are compared, not values: whoever wrote 3.0 where there was 3 is shown 3.0. */
    static List<TargetEvent> set(SetTarget c, Version now) {
        Long expected = c.expectedVersion();
        if (expected != null && expected != now.number()) {
            throw KernelRefusal.VERSION_LOST.because(
                    "The target is at version " + now.number() + ", not " + expected + ".");
        }
        ObjectText.read(c.config());
        boolean same = now.number() > 0 && now.config().equals(c.config());
        return same ? List.of() : List.of(new TargetChanged(now.number() + 1, c.config()));
    }
}
