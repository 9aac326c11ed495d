package dev.muster.server.wiring;

import dev.muster.apps.AgentReadings;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppWishes;
import dev.muster.apps.Installations;
import dev.muster.apps.Projects;
import dev.muster.apps.command.AppRolloutMembers;
import dev.muster.apps.command.AppRolloutOffice;
import dev.muster.apps.command.WhenAppGroupStartsWatchItsSilence;
import dev.muster.apps.command.WhenAppMembersAnswerJudgeThem;
import dev.muster.apps.command.WhenAppMembersEndCountThem;
import dev.muster.apps.command.WhenAppRolloutEndsSettleIt;
import dev.muster.apps.command.WhenAppRolloutIsCreatedPlanItsMembers;
import dev.muster.apps.command.WhenAppRolloutIsReadyStartItInTime;
import dev.muster.apps.command.WhenDeviceLeavesEndItsAgent;
import dev.muster.apps.command.WhenEnrolmentEndsForgetTheDevice;
import dev.muster.apps.command.http.AppRolloutsEndpoint;
import dev.muster.apps.query.http.AppRolloutReads;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Timers;
import dev.muster.registry.DeviceDirectory;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Rollouts of releases of apps, and the standing rules of apps. */
@Configuration(proxyBeanMethods = false)
@Import({AppRolloutsEndpoint.class, AppRolloutReads.class})
class AppRolloutWiring {

    @Bean
    AppRolloutMembers appRolloutMembers(DeviceDirectory devices, AppAgents agents) {
        return new AppRolloutMembers(devices, agents);
    }

    @Bean
    AppRolloutOffice appRolloutOffice(
            Commands commands,
            AppCatalogue catalogue,
            Projects projects,
            AppRollouts rollouts,
            AppRolloutMembers candidates) {
        return new AppRolloutOffice(commands, catalogue, projects, rollouts, candidates);
    }

    @Bean
    AppPolicies appPolicies(
            Commands commands,
            AppRollouts rollouts,
            AppRolloutMembers candidates,
            AppCatalogue catalogue,
            AppAgents agents,
            AppWishes wishes,
            Installations installations,
            AgentSecrets secrets,
            AgentReadings readings,
            History history,
            DeviceDirectory devices,
            Positions positions,
            Timers timers) {
        return new AppPolicies(List.of(
                new WhenDeviceLeavesEndItsAgent(commands, history, devices, positions),
                new WhenEnrolmentEndsForgetTheDevice(
                        commands, agents, wishes, installations, secrets, readings, positions),
                new WhenAppRolloutIsCreatedPlanItsMembers(commands, candidates, rollouts, positions),
                new WhenAppRolloutIsReadyStartItInTime(timers, commands),
                new WhenAppMembersAnswerJudgeThem(commands, rollouts, installations, agents, positions),
                new WhenAppMembersEndCountThem(commands, rollouts, positions),
                new WhenAppGroupStartsWatchItsSilence(timers, commands, rollouts, positions),
                new WhenAppRolloutEndsSettleIt(commands, rollouts, catalogue, positions)));
    }
}
