package dev.muster.server.wiring;

import dev.muster.apps.command.AccountNumbers;
import dev.muster.apps.query.AppAgentIndex;
import dev.muster.apps.query.AppCatalogueIndex;
import dev.muster.apps.query.AppRolloutIndex;
import dev.muster.apps.query.AppWishIndex;
import dev.muster.apps.query.InstallationIndex;
import dev.muster.apps.query.ProjectIndex;
import dev.muster.kernel.Fold;
import java.util.List;

/** What apps keep in memory. */
record AppFolds(
        AccountNumbers accounts,
        ProjectIndex projects,
        AppAgentIndex agents,
        AppCatalogueIndex catalogue,
        AppWishIndex wishes,
        AppRolloutIndex rollouts,
        InstallationIndex installations) {

    /** Installations behind all they are worked out from: what they tell of as changed is to be seen as changed. */
    List<Fold> inOrder() {
        return List.of(accounts, projects, agents, catalogue, wishes, rollouts, installations);
    }
}
