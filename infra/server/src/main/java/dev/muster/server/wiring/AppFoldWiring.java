package dev.muster.server.wiring;

import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppWishes;
import dev.muster.apps.command.AccountNumbers;
import dev.muster.apps.query.AgentReadingsInMemory;
import dev.muster.apps.query.AppAgentIndex;
import dev.muster.apps.query.AppCatalogueIndex;
import dev.muster.apps.query.AppRolloutIndex;
import dev.muster.apps.query.AppWishIndex;
import dev.muster.apps.query.InstallationIndex;
import dev.muster.apps.query.ProjectIndex;
import dev.muster.config.DeviceGroups;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.updates.Numbers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this node knows of apps and the devices that run them, folded from the log. */
@Configuration(proxyBeanMethods = false)
class AppFoldWiring {

    @Bean
    AccountNumbers appAccountNumbers(Commands commands, Numbers numbers) {
        return new AccountNumbers(commands, numbers);
    }

    @Bean
    ProjectIndex appProjectIndex() {
        return new ProjectIndex();
    }

    @Bean
    AppAgentIndex appAgentIndex() {
        return new AppAgentIndex();
    }

    @Bean
    AppCatalogueIndex appCatalogueIndex() {
        return new AppCatalogueIndex();
    }

    @Bean
    AppWishIndex appWishIndex(AppAgents agents, DeviceGroups groups) {
        return new AppWishIndex(agents, groups);
    }

    @Bean
    AppRolloutIndex appRolloutIndex(History history) {
        return new AppRolloutIndex(history);
    }

    @Bean
    InstallationIndex appInstallationIndex(
            AppAgents agents, AppCatalogue catalogue, AppWishes wishes, AppRollouts rollouts) {
        return new InstallationIndex(agents, catalogue, wishes, rollouts);
    }

    @Bean
    AgentReadingsInMemory agentReadings() {
        return new AgentReadingsInMemory();
    }

    @Bean
    AppFolds appFolds(
            AccountNumbers accounts,
            ProjectIndex projects,
            AppAgentIndex agents,
            AppCatalogueIndex catalogue,
            AppWishIndex wishes,
            AppRolloutIndex rollouts,
            InstallationIndex installations) {
        return new AppFolds(accounts, projects, agents, catalogue, wishes, rollouts, installations);
    }
}
