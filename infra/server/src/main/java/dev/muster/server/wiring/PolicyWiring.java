package dev.muster.server.wiring;

import dev.muster.config.Agents;
import dev.muster.config.command.SecretsOffice;
import dev.muster.config.command.WhenAgentRegistersMakeItADevice;
import dev.muster.config.command.WhenDeviceLeavesDestroyItsKey;
import dev.muster.config.command.WhenDeviceLeavesRemoveItsAgent;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Timers;
import dev.muster.kernel.Vault;
import dev.muster.observe.Enrolments;
import dev.muster.observe.command.WhenDeviceIsEnrolledRegisterIt;
import dev.muster.observe.command.WhenDeviceLeavesEndItsEnrolment;
import dev.muster.registry.DeviceDirectory;
import dev.muster.server.log.Log;
import dev.muster.server.policy.ParkedEvents;
import dev.muster.server.policy.Policies;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.OpenActions;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.RolloutOutcomes;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.command.GroupOffers;
import dev.muster.updates.command.ReleaseOffers;
import dev.muster.updates.command.RolloutRolls;
import dev.muster.updates.command.WhenActionFailsTryItAgain;
import dev.muster.updates.command.WhenActionIsAssignedWatchItsSilence;
import dev.muster.updates.command.WhenActionIsInstalledWatchItsHealth;
import dev.muster.updates.command.WhenActionsEndCountThem;
import dev.muster.updates.command.WhenDeviceLeavesWithdrawItsActions;
import dev.muster.updates.command.WhenDeviceMatchesAssignWhatStands;
import dev.muster.updates.command.WhenDeviceMatchesLetItJoin;
import dev.muster.updates.command.WhenDeviceReportsItsVersionProveItsHealth;
import dev.muster.updates.command.WhenDevicesJoinOfferItToThem;
import dev.muster.updates.command.WhenGroupStartsAssignItsDevices;
import dev.muster.updates.command.WhenReleaseIsInvalidatedStopItEverywhere;
import dev.muster.updates.command.WhenRollbackStartsGiveDevicesBackWhatTheyHad;
import dev.muster.updates.command.WhenRolloutIsAbortedCancelItsActions;
import dev.muster.updates.command.WhenRolloutIsCreatedPlanItsMembers;
import dev.muster.updates.command.WhenRolloutIsReadyStartItInTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The standing rules, each on its own place in the log. */
@Configuration(proxyBeanMethods = false)
class PolicyWiring {

    @Bean
    ParkedEvents parkedEvents(Vault vault) {
        return new ParkedEvents(vault);
    }

    @Bean
    Policies policies(
            Commands commands,
            Fleet fleet,
            Catalogue catalogue,
            StandingAssignments standing,
            ReleaseOffers offers,
            RolloutMemberships rollouts,
            RolloutOutcomes outcomes,
            OpenActions actions,
            Enrolments enrolments,
            Agents agents,
            DeviceDirectory devices,
            SecretsOffice secrets,
            ConfigRolloutPolicies configRollouts,
            AppPolicies apps,
            ModePolicies modes,
            Positions positions,
            History history,
            Timers timers,
            Clock clock,
            Log log,
            Vault vault,
            ParkedEvents parked) {
        RolloutRolls rolls = new RolloutRolls(history);
        GroupOffers groups = new GroupOffers(commands, rolls, fleet, catalogue, offers, timers, clock);
        List<Policy> all = new ArrayList<>(List.of(
                new WhenRolloutIsCreatedPlanItsMembers(commands, rolls, fleet, catalogue, outcomes, positions),
                new WhenRolloutIsReadyStartItInTime(timers, commands),
                new WhenGroupStartsAssignItsDevices(groups),
                new WhenDeviceMatchesLetItJoin(commands, fleet, catalogue, rollouts, positions),
                new WhenDevicesJoinOfferItToThem(groups),
                new WhenActionsEndCountThem(commands),
                new WhenRolloutIsAbortedCancelItsActions(commands, rolls),
                new WhenRollbackStartsGiveDevicesBackWhatTheyHad(commands, rolls, outcomes, fleet, offers, positions),
                new WhenReleaseIsInvalidatedStopItEverywhere(commands, rolls, rollouts, standing, actions, positions),
                new WhenActionIsAssignedWatchItsSilence(timers, commands),
                new WhenActionIsInstalledWatchItsHealth(timers, commands, history),
                new WhenDeviceReportsItsVersionProveItsHealth(commands, fleet, positions),
                new WhenActionFailsTryItAgain(timers, commands, history, rolls, fleet, catalogue, offers, clock),
                new WhenDeviceLeavesWithdrawItsActions(commands, fleet, positions),
                new WhenDeviceIsEnrolledRegisterIt(commands, enrolments, devices, positions),
                new WhenDeviceLeavesEndItsEnrolment(commands, enrolments, positions),
                new WhenDeviceLeavesDestroyItsKey(secrets, positions),
                new WhenAgentRegistersMakeItADevice(commands, agents, devices, history, positions),
                new WhenDeviceLeavesRemoveItsAgent(commands, history),
                new WhenDeviceMatchesAssignWhatStands(fleet, catalogue, standing, offers, positions)));
        all.addAll(configRollouts.all());
        all.addAll(apps.all());
        all.addAll(modes.all());
        return new Policies(all, log, vault, parked);
    }
}
