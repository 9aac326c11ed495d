package dev.muster.updates.command;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Provenance;
import dev.muster.registry.DeviceId;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.WithdrawActions;
import dev.muster.updates.Fleet;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.command.ReleaseOffers.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives many devices a release on behalf of a rollout, some with each command: to bring a command to its decision and
 * to store what follows costs more than to decide.
 *
 * <p>Devices that refuse in a bulk, and all of a bulk that fails, are asked alone. So one device stands in nobody's
 * way, and each no is given and recorded as that device's. What a failed bulk did after all is found then, and not done
 * twice.
 */
final class BulkOffers {

    /** A device makes one event, and one more for each action that it pushes aside; an append takes thousands. */
    static final int BULK = 32;

    /** As many devices at once as when each is asked alone, as each may come to that. */
    static final int BULKS_IN_FLIGHT_MAX = BoundedSends.IN_FLIGHT_MAX / BULK;

    private static final Logger LOG = LoggerFactory.getLogger(BulkOffers.class);
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout");

    private final Commands commands;
    private final Fleet fleet;

    BulkOffers(Commands commands, Fleet fleet) {
        this.commands = commands;
        this.fleet = fleet;
    }

    /**
     * Blocks until all have answered.
     *
     * @return how many of the members got it; who left, has it or is refused did not
     * @throws IllegalStateException when somebody could not be asked; the others were
     */
    int given(List<DeviceId> members, Offer offer) {
        AtomicInteger given = new AtomicInteger();
        BoundedSends.all(
                bulks(members),
                BULKS_IN_FLIGHT_MAX,
                bulk -> together(bulk, offer, given),
                "not every member could be asked");
        return given.get();
    }

    private static List<List<DeviceId>> bulks(List<DeviceId> members) {
        List<List<DeviceId>> bulks = new ArrayList<>();
        for (int at = 0; at < members.size(); at += BULK) {
            bulks.add(members.subList(at, Math.min(members.size(), at + BULK)));
        }
        return bulks;
    }

    private CompletableFuture<?> together(List<DeviceId> members, Offer offer, AtomicInteger given) {
        List<Recipient> devices =
                members.stream().map(fleet::recipient).filter(Objects::nonNull).toList();
        if (devices.size() < 2) {
            return all(devices, device -> alone(device.id(), offer, given));
        }
        return offer.to(devices, SYSTEM)
                .exceptionally(failure -> {
                    LOG.debug("{} devices could not be asked together", devices.size(), failure);
                    return Map.of();
                })
                .thenCompose(answers -> all(devices, device -> {
                    Assigned assigned = answers.get(device.id());
                    return assigned == null
                            ? alone(device.id(), offer, given)
                            : forgiven(counted(device.id(), assigned, given));
                }));
    }

    private CompletableFuture<?> alone(DeviceId id, Offer offer, AtomicInteger given) {
        Recipient device = fleet.recipient(id);
        return device == null
                ? completedFuture(null)
                : forgiven(offer.to(device, SYSTEM).thenCompose(assigned -> counted(id, assigned, given)));
    }

    private CompletableFuture<Object> counted(DeviceId id, Assigned assigned, AtomicInteger given) {
        if (assigned.created()) {
            given.incrementAndGet();
        }
        return withdrawnIfItLeft(id);
    }

    /**
     * One that left since it was looked up had its actions withdrawn before this one came; by then its leaving was read
     * here. Nobody else would end it, and the rollout would wait for it.
     */
    private CompletableFuture<Object> withdrawnIfItLeft(DeviceId id) {
        return fleet.recipient(id) == null
                ? commands.send(new WithdrawActions(id, null), SYSTEM)
                : completedFuture(null);
    }

    /** Completes when all have, and fails then when one did. */
    private static CompletableFuture<Void> all(List<Recipient> devices, Function<Recipient, CompletableFuture<?>> ask) {
        return CompletableFuture.allOf(devices.stream().map(ask).toArray(CompletableFuture<?>[]::new));
    }

    /** What is about the device is its answer; whatever else went wrong is not. */
    private static CompletableFuture<Object> forgiven(CompletableFuture<Object> asked) {
        return asked.exceptionallyCompose(
                failure -> GroupOffers.isAboutTheDevice(failure) ? completedFuture(null) : failedFuture(failure));
    }
}
