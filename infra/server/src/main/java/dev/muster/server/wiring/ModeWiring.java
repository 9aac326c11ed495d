package dev.muster.server.wiring;

import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Timers;
import dev.muster.server.MusterSettings;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.modes.FeedRollouts;
import dev.muster.updates.modes.Followings;
import dev.muster.updates.modes.ModeSettings;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.modes.SoftwareShelf;
import dev.muster.updates.modes.command.WhenDeviceLeavesForgetItsFollowing;
import dev.muster.updates.modes.command.WhenUpdateRunsWatchItsSilence;
import dev.muster.updates.modes.query.FeedRolloutIndex;
import dev.muster.updates.modes.query.FollowingIndex;
import dev.muster.updates.modes.query.HardwareIndex;
import dev.muster.updates.modes.query.ShelfIndex;
import dev.muster.updates.query.CatalogueIndex;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Update modes: devices that follow feeds, the newest software, or one assigned to them. */
@Configuration(proxyBeanMethods = false)
class ModeWiring {

    @Bean
    ModeSettings modeSettings(MusterSettings settings) {
        return new ModeSettings(settings.modes().runningMax(), settings.modes().silenceMax());
    }

    @Bean
    HardwareIndex hardwareIndex() {
        return new HardwareIndex();
    }

    @Bean
    ShelfIndex shelfIndex(CatalogueIndex catalogue) {
        return new ShelfIndex(catalogue);
    }

    @Bean
    FeedRolloutIndex feedRolloutIndex(ShelfIndex shelf) {
        return new FeedRolloutIndex(shelf);
    }

    @Bean
    FollowingIndex followingIndex(History history) {
        return new FollowingIndex(history);
    }

    @Bean
    ModeFolds modeFolds(
            HardwareIndex hardware, ShelfIndex shelf, FeedRolloutIndex feedRollouts, FollowingIndex followings) {
        return new ModeFolds(hardware, shelf, feedRollouts, followings);
    }

    @Bean
    Selection selection(SoftwareShelf shelf, FeedRollouts rollouts) {
        return new Selection(shelf, rollouts);
    }

    @Bean
    Offers modeOffers(
            Selection selection,
            SoftwareShelf shelf,
            Followings followings,
            MaintenanceWindows windows,
            ModeSettings settings) {
        return new Offers(selection, shelf, followings, windows, settings.runningMax());
    }

    @Bean
    ModePolicies modePolicies(
            Commands commands, Fleet fleet, Positions positions, Timers timers, ModeSettings settings) {
        return new ModePolicies(List.of(
                new WhenUpdateRunsWatchItsSilence(timers, commands, settings),
                new WhenDeviceLeavesForgetItsFollowing(commands, fleet, positions)));
    }
}
