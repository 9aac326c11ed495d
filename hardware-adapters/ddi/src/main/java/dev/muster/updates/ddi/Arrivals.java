package dev.muster.updates.ddi;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.NoteAddress;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a device's coming alone makes known: that it exists (plug and play), its first contact, its address, in setup
 * mode its token. A device that came before brings no news, and then nothing is sent at all.
 */
final class Arrivals {

    private final Desk desk;
    private final Orders orders;
    private final Gate gate;

    Arrivals(Desk desk, Orders orders, Gate gate) {
        this.desk = desk;
        this.orders = orders;
        this.gate = gate;
    }

    /** Records the news and brings the visit up to date; null when there are none. */
    @Nullable
    Mono<Void> greet(Visit visit) {
        DeskEntry entry = visit.entry();
        if (entry == null) {
            return register(visit);
        }
        Mono<Void> news = null;
        Digest token = gate.toStore(visit);
        if (token != null) {
            news = orders.mention(visit, new IssueToken(entry.id, token.hex()));
        }
        if (!entry.contactMade()) {
            news = after(news, orders.mention(visit, new NoteFirstContact(entry.id)));
        }
        String address = visit.addressUri();
        if (DeskEntry.hash(address) != entry.address) {
            news = after(news, orders.mention(visit, new NoteAddress(entry.id, address)));
        }
        return news == null ? null : news.then(refreshed(visit));
    }

    /** Setup mode stores the token with whatever request it comes; null when there is nothing to store. */
    @Nullable
    Mono<Void> token(Visit visit) {
        DeskEntry entry = visit.entry();
        Digest token = entry == null ? null : gate.toStore(visit);
        return entry == null || token == null
                ? null
                : orders.mention(visit, new IssueToken(entry.id, token.hex())).then(refreshed(visit));
    }

    private Mono<Void> register(Visit visit) {
        if (!visit.caller().mayRegister) {
            return Mono.empty();
        }
        DeviceId id;
        try {
            id = visit.newDeviceId();
        } catch (Refused e) {
            throw DdiFailure.constraintViolation(e.refusal().message());
        }
        Digest token = gate.toStore(visit);
        RegisterDevice register = new RegisterDevice(
                id,
                null,
                null,
                List.of(),
                Map.of(),
                visit.addressUri(),
                token == null ? null : token.hex(),
                Origin.PLUG_AND_PLAY);
        return orders.tell(visit, register)
                // Two first polls at once: one of them registers, both are served.
                .onErrorResume(DdiFailure.class, e -> e.status() == 409 ? Mono.empty() : Mono.error(e))
                .then(orders.mention(visit, new NoteFirstContact(id)))
                .then(refreshed(visit));
    }

    private static Mono<Void> after(@Nullable Mono<Void> first, Mono<Void> second) {
        return first == null ? second : first.then(second);
    }

    private Mono<Void> refreshed(Visit visit) {
        return orders.settled(visit.deviceId()).then(Mono.fromRunnable(() -> visit.meet(desk.find(visit.deviceId()))));
    }
}
