package dev.muster.updates.ddi;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.registry.Heartbeats;
import dev.muster.updates.ActionViews;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.Numbers;
import dev.muster.updates.UrlPasswords;
import java.time.Clock;

/** Everything this adapter asks of the rest of the house. */
public record DdiPorts(
        Commands commands,
        Positions positions,
        Heartbeats heartbeats,
        Fleet fleet,
        ArtifactStore artifacts,
        UrlPasswords passwords,
        ActionViews actions,
        Numbers numbers,
        MaintenanceWindows windows,
        Clock clock) {}
