package dev.muster.server.wiring;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Vault;
import dev.muster.lab.Boards;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabRequests;
import dev.muster.lab.RefusedOrders;
import dev.muster.lab.boards.StoredLabConfigurations;
import dev.muster.lab.command.ConfiguredBoards;
import dev.muster.lab.command.Desk;
import dev.muster.lab.command.LabOffice;
import dev.muster.lab.command.LabOutcomes;
import dev.muster.lab.command.LabSettings;
import dev.muster.lab.command.http.BoardOrdersEndpoint;
import dev.muster.lab.command.http.LabConfigurationEndpoint;
import dev.muster.lab.command.http.ReservationOrdersEndpoint;
import dev.muster.lab.environment.ScriptSettings;
import dev.muster.server.MusterSettings;
import dev.muster.server.lab.RefusedOrderLog;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Which boards there are, and who takes orders about them. */
@Configuration(proxyBeanMethods = false)
@Import({BoardOrdersEndpoint.class, ReservationOrdersEndpoint.class, LabConfigurationEndpoint.class})
class LabDecisionWiring {

    /** Tests bring one that is less patient. */
    @Bean
    @ConditionalOnMissingBean
    LabSettings labSettings(MusterSettings settings, ScriptSettings scripts) {
        MusterSettings.Lab lab = settings.lab();
        Duration longest = lab.scriptReserveMax().compareTo(lab.scriptReleaseMax()) > 0
                ? lab.scriptReserveMax()
                : lab.scriptReleaseMax();
        return LabSettings.DEFAULTS.withScripts(longest.plus(scripts.killAfter()));
    }

    @Bean
    StoredLabConfigurations labConfigurations(Vault vault, MusterSettings settings) {
        return new StoredLabConfigurations(vault, settings.lab().configuration());
    }

    @Bean
    ConfiguredBoards configuredBoards(
            Commands commands, Boards boards, LabConfigurations configurations, Positions positions) {
        return new ConfiguredBoards(commands, boards, configurations, positions);
    }

    @Bean
    LabOrders labOrders(
            Commands commands,
            Boards boards,
            LabRequests requests,
            LabOutcomes outcomes,
            Positions positions,
            ConfiguredBoards configured,
            RefusedOrders refused,
            Clock clock,
            LabSettings settings) {
        return new LabOffice(
                new Desk(commands, boards, requests, outcomes, positions), configured, refused, clock, settings);
    }

    @Bean
    RefusedOrders refusedOrders(EventStore events, ExecutorService decisionThreads, Clock clock) {
        return new RefusedOrderLog(events, decisionThreads, clock);
    }
}
