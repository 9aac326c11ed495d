package dev.muster.updates.goosebit;

import dev.muster.identity.AccountBook;
import dev.muster.identity.BearerTokens;
import dev.muster.identity.GrantLists;
import dev.muster.identity.SignIns;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.Heartbeats;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.Numbers;
import dev.muster.updates.ReleaseIntake;
import dev.muster.updates.UrlPasswords;
import dev.muster.updates.modes.FeedRollouts;
import dev.muster.updates.modes.Followings;
import dev.muster.updates.modes.HardwareRows;
import dev.muster.updates.modes.SoftwareShelf;
import java.time.Clock;

/** Everything this adapter asks of the rest of the house. */
public record GoosebitPorts(
        Commands commands,
        Positions positions,
        Heartbeats heartbeats,
        Numbers numbers,
        CurrentSettings settings,
        Fleet fleet,
        DeviceDirectory directory,
        Followings followings,
        SoftwareShelf shelf,
        FeedRollouts rollouts,
        HardwareRows hardware,
        MaintenanceWindows windows,
        ArtifactStore artifacts,
        UrlPasswords passwords,
        ReleaseIntake intake,
        DeviceTokens deviceTokens,
        OutsideTokens outside,
        SignIns signIns,
        AccountBook accounts,
        GrantLists grants,
        BearerTokens bearers,
        Peers peers,
        Clock clock) {}
