package dev.muster.server.wiring;

import dev.muster.apps.AgentAudit;
import dev.muster.apps.AgentLink;
import dev.muster.apps.AgentPrivileges;
import dev.muster.apps.AgentReadings;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAccounts;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppOrders;
import dev.muster.apps.Installations;
import dev.muster.apps.Projects;
import dev.muster.apps.query.http.AgentLogReads;
import dev.muster.apps.reagent.AgentAuthenticator;
import dev.muster.apps.reagent.DeviceRights;
import dev.muster.apps.reagent.ReagentCloud;
import dev.muster.apps.reagent.ReagentHttp;
import dev.muster.apps.reagent.ReagentPorts;
import dev.muster.apps.reagent.ReagentSettings;
import dev.muster.apps.reagent.RegistryKey;
import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.Heartbeats;
import dev.muster.server.AfterHistory;
import dev.muster.server.MusterSettings;
import dev.muster.server.apps.WampMetrics;
import dev.muster.server.log.LogTail;
import dev.muster.wamp.Router;
import dev.muster.wamp.RouterSettings;
import dev.muster.wamp.WampHandler;
import dev.muster.wamp.WampSettings;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

/** The wire of agents that run apps on devices: the router, their cloud in it, and the door in front of both. */
@Configuration(proxyBeanMethods = false)
@Import(AgentLogReads.class)
class WampWiring {

    private static final String REGISTRY_KEY = "registry-token-key.pem";

    /** Tests bring ones that are less patient. */
    @Bean
    @ConditionalOnMissingBean
    RouterSettings wampRouterSettings() {
        return RouterSettings.DEFAULTS;
    }

    @Bean
    @ConditionalOnMissingBean
    WampSettings wampSettings() {
        return WampSettings.DEFAULTS;
    }

    @Bean
    @ConditionalOnMissingBean
    ReagentSettings reagentSettings(MusterSettings settings) {
        MusterSettings.Apps apps = settings.apps();
        return ReagentSettings.DEFAULTS
                .with(apps.repository(), apps.console())
                .with(apps.tunnelPortFirst(), apps.tunnelPortLast());
    }

    /** Closed by the door, which ends first. */
    @Bean(destroyMethod = "")
    Router wampRouter(RouterSettings settings, AppAgents agents, AgentSecrets secrets, Clock clock) {
        return new Router(settings, new AgentAuthenticator(agents, secrets), new DeviceRights(), clock);
    }

    /**
     * Begins and ends with {@link #agentsWork}. It hears of history as every fold does, and gives orders: so it joins
     * last.
     */
    @Bean(destroyMethod = "")
    ReagentCloud reagentCloud(
            Router router,
            Commands commands,
            AppAgents agents,
            Projects projects,
            DeviceDirectory devices,
            Heartbeats heartbeats,
            AppCatalogue catalogue,
            Installations installations,
            AppOrders orders,
            AgentSecrets secrets,
            AppAccounts accounts,
            AgentPrivileges privileges,
            AgentReadings readings,
            AgentAudit audit,
            BearerTokens people,
            Clock clock,
            MusterSettings settings,
            ReagentSettings reagent,
            WampSettings wamp,
            LogTail tail) {
        ReagentPorts ports = new ReagentPorts(
                commands,
                agents,
                projects,
                devices,
                heartbeats,
                catalogue,
                installations,
                orders,
                secrets,
                accounts,
                privileges,
                readings,
                audit,
                people,
                clock);
        RegistryKey key = RegistryKey.in(settings.data().resolve(REGISTRY_KEY));
        ReagentCloud cloud = new ReagentCloud(router, ports, reagent, key, wamp.path());
        tail.add(cloud.evictions());
        return cloud;
    }

    @Bean
    AgentLink agentLink(ReagentCloud cloud) {
        return cloud.link();
    }

    @Bean
    @Order(30)
    AfterHistory agentsWork(ReagentCloud cloud) {
        return new AfterHistory() {
            @Override
            public void begin() {
                cloud.begin();
            }

            @Override
            public void end() throws Exception {
                cloud.close();
            }
        };
    }

    @Bean
    EndingDoor agentDoor(ReagentCloud cloud, Router router, WampSettings settings) {
        WampHandler agents = new WampHandler(router, settings);
        ReagentHttp http = cloud.http();
        return new EndingDoor(
                agents::serves,
                (request, response) ->
                        http.serves(request) ? http.handle(request, response) : agents.handle(request, response),
                () -> {
                    cloud.leave();
                    agents.close();
                });
    }

    @Bean
    WampMetrics wampMetrics(Router router) {
        return new WampMetrics(router.metrics());
    }
}
