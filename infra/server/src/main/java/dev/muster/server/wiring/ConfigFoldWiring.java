package dev.muster.server.wiring;

import dev.muster.config.Databags;
import dev.muster.config.DeviceGroups;
import dev.muster.config.RegistryEngine;
import dev.muster.config.StagedLayers;
import dev.muster.config.Wishes;
import dev.muster.config.query.ChangeIndex;
import dev.muster.config.query.DatabagIndex;
import dev.muster.config.query.DeviceGroupIndex;
import dev.muster.config.query.DriftIndex;
import dev.muster.config.query.OutcomeIndex;
import dev.muster.config.query.RegistryIndex;
import dev.muster.config.query.WishIndex;
import dev.muster.kernel.History;
import dev.muster.server.overview.ConfigCounts;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this node knows of registries and their values, folded from the log. */
@Configuration(proxyBeanMethods = false)
class ConfigFoldWiring {

    @Bean
    RegistryIndex registryIndex(RegistryEngine engine) {
        return new RegistryIndex(engine);
    }

    @Bean
    DatabagIndex databagIndex(History history) {
        return new DatabagIndex(history);
    }

    @Bean
    DeviceGroupIndex deviceGroupIndex() {
        return new DeviceGroupIndex();
    }

    @Bean
    ChangeIndex changeIndex() {
        return new ChangeIndex();
    }

    @Bean
    OutcomeIndex outcomeIndex() {
        return new OutcomeIndex();
    }

    @Bean
    WishIndex wishIndex(Databags databags, DeviceGroups groups, ObjectProvider<StagedLayers> staged) {
        return new WishIndex(databags, groups, staged.getIfAvailable(() -> StagedLayers.NONE));
    }

    @Bean
    DriftIndex driftIndex(Databags databags, Wishes wishes) {
        return new DriftIndex(databags, wishes);
    }

    @Bean
    ConfigCounts configCounts(Clock clock) {
        return new ConfigCounts(clock);
    }

    @Bean
    ConfigFolds configFolds(
            RegistryIndex registries,
            DatabagIndex databags,
            DeviceGroupIndex groups,
            ChangeIndex changes,
            OutcomeIndex outcomes,
            ObjectProvider<StagedLayers> staged,
            WishIndex wishes,
            DriftIndex drift,
            ConfigCounts counts) {
        return new ConfigFolds(
                registries,
                databags,
                groups,
                changes,
                outcomes,
                staged.getIfAvailable(() -> StagedLayers.NONE),
                wishes,
                drift,
                counts);
    }
}
