package dev.muster.server.wiring;

import dev.muster.apps.AgentAudit;
import dev.muster.apps.AgentLink;
import dev.muster.apps.AgentPrivileges;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAccounts;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppOrders;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppWishes;
import dev.muster.apps.Installations;
import dev.muster.apps.Projects;
import dev.muster.apps.command.AgentFileSettings;
import dev.muster.apps.command.AgentOffice;
import dev.muster.apps.command.AgentOperations;
import dev.muster.apps.command.AppPushes;
import dev.muster.apps.command.CatalogueOffice;
import dev.muster.apps.command.DeviceTunnels;
import dev.muster.apps.command.WishOffice;
import dev.muster.apps.command.http.AgentOperationsEndpoint;
import dev.muster.apps.command.http.AgentsEndpoint;
import dev.muster.apps.command.http.AppReleasesEndpoint;
import dev.muster.apps.command.http.AppWishesEndpoint;
import dev.muster.apps.command.http.AppsEndpoint;
import dev.muster.apps.command.http.InstallationsEndpoint;
import dev.muster.apps.command.http.ProjectsEndpoint;
import dev.muster.apps.query.AppOrderDesk;
import dev.muster.apps.query.http.AppReads;
import dev.muster.apps.query.http.InstallationReads;
import dev.muster.apps.query.http.ProjectReads;
import dev.muster.apps.query.http.WishReads;
import dev.muster.apps.secrets.VaultAgentSecrets;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Seals;
import dev.muster.identity.command.Accounts;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Vault;
import dev.muster.registry.DeviceDirectory;
import dev.muster.server.MusterSettings;
import dev.muster.server.apps.OrdersOfWholeMemory;
import dev.muster.server.command.AgentAuditRecorder;
import dev.muster.server.command.PrivilegeBook;
import dev.muster.server.log.LogTail;
import dev.muster.updates.Numbers;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Apps on devices: the secrets of agents, who takes orders about apps and who answers. The agents' wire is apart. */
@Configuration(proxyBeanMethods = false)
@Import({
    ProjectsEndpoint.class,
    AgentsEndpoint.class,
    AgentOperationsEndpoint.class,
    AppsEndpoint.class,
    AppReleasesEndpoint.class,
    AppWishesEndpoint.class,
    InstallationsEndpoint.class,
    ProjectReads.class,
    AppReads.class,
    WishReads.class,
    InstallationReads.class
})
class AppsWiring {

    /** What knows of groups of devices, by its name. */
    private static final String GROUPS = "device-groups";

    @Bean
    AgentSecrets agentSecrets(Vault vault, Seals seals) {
        return new VaultAgentSecrets(vault, seals);
    }

    @Bean
    AgentAudit agentAudit(EventStore events, ExecutorService decisionThreads) {
        return new AgentAuditRecorder(events, decisionThreads);
    }

    @Bean
    AgentPrivileges agentPrivileges(Accounts people, AppAccounts numbers, Clock clock) {
        return new PrivilegeBook(people, numbers, clock);
    }

    @Bean
    AgentFileSettings agentFileSettings(MusterSettings settings) {
        MusterSettings.Apps apps = settings.apps();
        return new AgentFileSettings(
                apps.endpoint(),
                apps.registry(),
                apps.repository(),
                apps.environment(),
                apps.applianceDomain(),
                apps.updates());
    }

    @Bean
    AgentOffice agentOffice(
            Commands commands,
            Numbers numbers,
            DeviceDirectory devices,
            AppAgents agents,
            Projects projects,
            AgentSecrets secrets,
            AppAccounts accounts,
            AgentFileSettings settings) {
        return new AgentOffice(commands, numbers, devices, agents, projects, secrets, accounts, settings);
    }

    @Bean
    CatalogueOffice appCatalogueOffice(
            Commands commands, Numbers numbers, AppCatalogue catalogue, AppWishes wishes, AppRollouts rollouts) {
        return new CatalogueOffice(commands, numbers, catalogue, wishes, rollouts);
    }

    @Bean
    WishOffice appWishOffice(
            Commands commands,
            AppCatalogue catalogue,
            AppWishes wishes,
            Projects projects,
            DeviceDirectory devices,
            AppAccounts accounts,
            Seals seals) {
        return new WishOffice(commands, catalogue, wishes, projects, devices, accounts, seals);
    }

    @Bean
    AppOrders appOrders(
            AppAgents agents,
            Installations installations,
            DeviceGroups groups,
            Seals seals,
            Positions positions,
            AppFolds folds,
            LogTail tail) {
        Set<String> needed = new HashSet<>();
        needed.add(GROUPS);
        folds.inOrder().forEach(each -> needed.add(each.name()));
        return new OrdersOfWholeMemory(
                new AppOrderDesk(agents, installations, groups, seals, positions), needed, tail::isWhole);
    }

    @Bean
    AppPushes appPushes(AppOrders orders, ObjectProvider<AgentLink> link) {
        return new AppPushes(orders, link.getIfAvailable(NoAgentLink::new));
    }

    @Bean
    AgentOperations agentOperations(AppAgents agents, ObjectProvider<AgentLink> link, AgentAudit audit) {
        return new AgentOperations(agents, link.getIfAvailable(NoAgentLink::new), audit);
    }

    @Bean
    DeviceTunnels deviceTunnels(AppAgents agents, Installations installations, AgentOperations operations) {
        return new DeviceTunnels(agents, installations, operations);
    }
}
