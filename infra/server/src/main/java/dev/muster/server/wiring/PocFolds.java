package dev.muster.server.wiring;

import dev.muster.config.query.AgentIndex;
import dev.muster.config.query.TargetIndex;
import dev.muster.kernel.Fold;
import java.util.List;

/** What the configuration server keeps in memory. */
record PocFolds(AgentIndex agents, TargetIndex target) {

    List<Fold> inOrder() {
        return List.of(target, agents);
    }
}
