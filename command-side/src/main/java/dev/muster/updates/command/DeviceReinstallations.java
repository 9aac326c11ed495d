package dev.muster.updates.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.Reinstallations;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.ReleaseOffers.Terms;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** Gives devices what they may have already, for whoever cannot trust that they still have it. */
public final class DeviceReinstallations implements Reinstallations {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);
    private static final Terms ONCE_MORE =
            new Terms(ActionType.FORCED, null, null, null, false, null, null, null, null, null, true, false);

    private final Commands commands;
    private final ReleaseOffers offers;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final Positions positions;

    public DeviceReinstallations(
            Commands commands, ReleaseOffers offers, Fleet fleet, Catalogue catalogue, Positions positions) {
        this.commands = commands;
        this.offers = offers;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.positions = positions;
    }

    @Override
    public CompletableFuture<Integer> begin(
            DeviceId device, String release, String version, Map<String, String> provenance) {
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> given(device, release, version, provenance)))
                .map(Assigned::action)
                .toFuture();
    }

    private Mono<Assigned> given(DeviceId id, String release, String version, Map<String, String> provenance) {
        Fleet.Recipient device = fleet.recipient(id);
        if (device == null) {
            throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device '" + id + "'.");
        }
        ReleaseId wanted = ReleaseId.of(release, version);
        Catalogue.Release known = catalogue.find(wanted);
        if (known == null || known.deleted()) {
            throw UpdatesRefusal.RELEASE_UNKNOWN.because("There is no release " + release + " " + version + ".");
        }
        return Mono.fromFuture(offers.offer(catalogue.usable(wanted), ONCE_MORE).to(device, provenance));
    }

    /** It is asked to stop first: only what was asked can be ended by force. */
    @Override
    public CompletableFuture<Boolean> end(DeviceId device, int action, Map<String, String> provenance) {
        return cancel(device, action, false, provenance)
                .then(Mono.defer(() -> cancel(device, action, true, provenance)))
                .thenReturn(true)
                .onErrorResume(
                        failure -> Refused.is(failure, UpdatesRefusal.ACTION_NOT_CANCELABLE), over -> Mono.just(false))
                .toFuture();
    }

    private Mono<Object> cancel(DeviceId device, int action, boolean force, Map<String, String> provenance) {
        return Mono.fromFuture(
                () -> commands.<Object>send(new CancelAction(device, action, force, CancelCause.OPERATOR), provenance));
    }
}
