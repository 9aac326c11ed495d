package dev.muster.registry.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceCommand;
import dev.muster.registry.DeviceCommand.NoteReturn;
import dev.muster.registry.DeviceCommand.NoteSilence;
import dev.muster.registry.DeviceEvent.DeviceCameBack;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceFellSilent;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Turns contact into facts, but only where it changes: a device that keeps silent longer than it should fell silent,
 * a silent one that is heard came back. One look goes over all contacts in memory.
 */
public final class SilenceWatch implements Fold {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:silence");
    /** Orders of one look; the rest follows with the next, so that a returning network is no storm. */
    private static final int ORDERS_MAX = 1000;

    private final Heartbeats heartbeats;
    private final Commands commands;
    private final Clock clock;
    private final Supplier<Duration> patience;
    private final Set<DeviceId> silent = ConcurrentHashMap.newKeySet();

    /** @param patience how long after its last contact a device counts as silent */
    public SilenceWatch(Heartbeats heartbeats, Commands commands, Clock clock, Supplier<Duration> patience) {
        this.heartbeats = heartbeats;
        this.commands = commands;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "silence-watch";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case DeviceFellSilent e -> silent.add(e.deviceId());
            case DeviceCameBack e -> silent.remove(e.deviceId());
            case DeviceDecommissioned e -> silent.remove(e.deviceId());
            default -> {}
        }
    }

    /** Looks once; answers how many orders it gave. */
    public int look() {
        Instant limit = clock.instant().minus(patience.get());
        List<DeviceCommand> orders = new ArrayList<>();
        heartbeats.forEach((id, heard) -> {
            boolean overdue = heard.isBefore(limit);
            if (orders.size() < ORDERS_MAX && overdue != silent.contains(id)) {
                orders.add(overdue ? new NoteSilence(id, heard) : new NoteReturn(id));
            }
        });
        // A device that was decommissioned in between is refused; that is nothing to tell anyone.
        orders.forEach(order -> commands.send(order, SYSTEM).exceptionally(refused -> null));
        return orders.size();
    }
}
