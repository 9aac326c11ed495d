package dev.muster.lab.command;

import dev.muster.kernel.RefusalCode;
import dev.muster.lab.BoardName;
import dev.muster.lab.Power;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionViews;
import dev.muster.updates.Reinstallations;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The boards of a {@link FakeLab} as devices of the fleet, each under its board's name: while it is powered a device ends
 * the action that it has as it is told. It outlives the server, and notes in the lab's deeds what it is asked.
 */
final class FakeDevices implements Reinstallations, ActionViews {

    /** How actions end; null: the device says nothing. */
    volatile @Nullable ActionStatus outcome = ActionStatus.FINISHED;
    /** What an assignment is refused with, null for nothing. */
    volatile @Nullable RefusalCode refusal;

    /** Of every action that was ever begun; the number of one is its place, counted from 1. */
    final List<ActionStatus> actions = new CopyOnWriteArrayList<>();

    private final FakeLab lab;

    FakeDevices(FakeLab lab) {
        this.lab = lab;
    }

    @Override
    public synchronized CompletableFuture<Integer> begin(
            DeviceId device, String release, String version, Map<String, String> provenance) {
        lab.deeds.add(device + ": assign " + release + " " + version);
        RefusalCode why = refusal;
        if (why != null) {
            return CompletableFuture.failedFuture(why.because("There is no release " + release + " " + version + "."));
        }
        if (actions.isEmpty() || actions.getLast() != ActionStatus.RUNNING) {
            actions.add(ActionStatus.RUNNING);
        }
        return CompletableFuture.completedFuture(actions.size());
    }

    @Override
    public synchronized CompletableFuture<Boolean> end(DeviceId device, int action, Map<String, String> provenance) {
        boolean open = actions.get(action - 1) == ActionStatus.RUNNING;
        if (open) {
            lab.deeds.add(device + ": cancel");
            actions.set(action - 1, ActionStatus.CANCELED);
        }
        return CompletableFuture.completedFuture(open);
    }

    @Override
    public synchronized Mono<ActionView> find(DeviceId device, int action) {
        ActionStatus status = outcome;
        boolean powered = lab.power.get(new BoardName(device.value())) == Power.ON;
        if (powered && status != null && actions.get(action - 1) == ActionStatus.RUNNING) {
            actions.set(action - 1, status);
        }
        ActionStatus now = actions.get(action - 1);
        return Mono.just(new ActionView(
                device,
                action,
                new ReleaseRef(ReleaseId.of("os", "1.0"), "os", "1.0"),
                ActionType.FORCED,
                null,
                null,
                null,
                now,
                now == ActionStatus.RUNNING,
                null,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(new ActionView.Entry(now, Instant.EPOCH, null, List.of("no room left"), null, null))));
    }

    @Override
    public Flux<ActionView> find(DeviceId device, Collection<Integer> numbers) {
        throw new UnsupportedOperationException();
    }
}
