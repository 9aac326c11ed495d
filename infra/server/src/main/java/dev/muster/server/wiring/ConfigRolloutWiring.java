package dev.muster.server.wiring;

import dev.muster.config.ConfigRollouts;
import dev.muster.config.Databags;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Registries;
import dev.muster.config.Seals;
import dev.muster.config.WishOutcomes;
import dev.muster.config.Wishes;
import dev.muster.config.command.Compliance;
import dev.muster.config.command.ConfigRolloutOffice;
import dev.muster.config.command.WhenConfigGroupStartsWatchItsSilence;
import dev.muster.config.command.WhenConfigRolloutEndsSettleIt;
import dev.muster.config.command.WhenConfigRolloutIsCreatedPlanItsMembers;
import dev.muster.config.command.WhenConfigRolloutIsReadyStartItInTime;
import dev.muster.config.command.WhenMembersAnswerJudgeThem;
import dev.muster.config.command.WhenMembersEndCountThem;
import dev.muster.config.command.http.ConfigRolloutsEndpoint;
import dev.muster.config.query.ConfigRolloutIndex;
import dev.muster.config.query.http.ConfigRolloutReads;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Timers;
import dev.muster.registry.DeviceDirectory;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Rollouts of configuration. The index is what says which layers a rollout has given to whom, so it is folded where
 * {@link ConfigFolds} wants it: before wishes.
 */
@Configuration(proxyBeanMethods = false)
@Import({ConfigRolloutsEndpoint.class, ConfigRolloutReads.class})
class ConfigRolloutWiring {

    @Bean
    ConfigRolloutIndex configRolloutIndex(History history) {
        return new ConfigRolloutIndex(history);
    }

    @Bean
    ConfigRolloutOffice configRolloutOffice(
            Commands commands,
            Registries registries,
            Databags databags,
            Seals seals,
            DeviceDirectory devices,
            ConfigRollouts rollouts) {
        return new ConfigRolloutOffice(commands, registries, databags, seals, devices, rollouts);
    }

    @Bean
    Compliance compliance(Wishes wishes, WishOutcomes outcomes, Databags databags, Seals seals) {
        return new Compliance(wishes, outcomes, databags, seals);
    }

    @Bean
    ConfigRolloutPolicies configRolloutPolicies(
            Commands commands,
            ConfigRollouts rollouts,
            Compliance compliance,
            DeviceDirectory devices,
            DeviceGroups groups,
            Seals seals,
            Positions positions,
            Timers timers) {
        return new ConfigRolloutPolicies(List.of(
                new WhenConfigRolloutIsCreatedPlanItsMembers(commands, devices, rollouts, positions),
                new WhenConfigRolloutIsReadyStartItInTime(timers, commands),
                new WhenMembersAnswerJudgeThem(commands, rollouts, compliance, groups, positions),
                new WhenMembersEndCountThem(commands, rollouts, positions),
                new WhenConfigGroupStartsWatchItsSilence(timers, commands, rollouts, positions),
                new WhenConfigRolloutEndsSettleIt(timers, commands, rollouts, seals, positions)));
    }
}
