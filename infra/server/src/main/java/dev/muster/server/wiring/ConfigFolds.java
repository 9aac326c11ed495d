package dev.muster.server.wiring;

import dev.muster.config.StagedLayers;
import dev.muster.config.query.ChangeIndex;
import dev.muster.config.query.DatabagIndex;
import dev.muster.config.query.DeviceGroupIndex;
import dev.muster.config.query.DriftIndex;
import dev.muster.config.query.OutcomeIndex;
import dev.muster.config.query.RegistryIndex;
import dev.muster.config.query.WishIndex;
import dev.muster.kernel.Fold;
import dev.muster.server.overview.ConfigCounts;
import java.util.ArrayList;
import java.util.List;

/** What configuration keeps in memory. */
record ConfigFolds(
        RegistryIndex registries,
        DatabagIndex databags,
        DeviceGroupIndex groups,
        ChangeIndex changes,
        OutcomeIndex outcomes,
        StagedLayers staged,
        WishIndex wishes,
        DriftIndex drift,
        ConfigCounts counts) {

    /** Wishes behind all they are made of, and behind them who compares them with what is. */
    List<Fold> inOrder() {
        List<Fold> folds = new ArrayList<>(List.of(registries, databags, groups, changes, outcomes));
        if (staged instanceof Fold rollouts) {
            folds.add(rollouts);
        }
        folds.addAll(List.of(wishes, drift, counts));
        return folds;
    }
}
