package dev.muster.updates.goosebit;

import dev.muster.kernel.Ids;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceAddresses;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.NoteAddress;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.registry.RegistryRefusal;
import dev.muster.updates.DeviceView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a device's coming alone makes known, once it is let in: that it exists, its first contact, its address, in setup
 * mode its token. A device that came before brings no news, and then nothing is sent at all.
 */
final class Arrivals {

    private final GoosebitPorts ports;
    private final Orders orders;

    Arrivals(GoosebitPorts ports, Orders orders) {
        this.ports = ports;
        this.orders = orders;
    }

    /** @param token to be stored, or null */
    Mono<Void> greet(Visit visit, DeviceId id, @Nullable String token) {
        Map<String, String> provenance = provenance(visit, id);
        DeviceView known = ports.fleet().find(id);
        if (known == null) {
            return register(visit, id, token, provenance).then(orders.settled());
        }
        ports.heartbeats().heard(id, visit.now);
        DeviceFacts facts = ports.directory().facts(id);
        String address = address(visit);
        boolean isNew = facts == null || !facts.contacted();
        boolean isElsewhere = !address.equals(known.address());
        if (token == null && !isNew && !isElsewhere) {
            return Mono.empty();
        }
        Mono<Void> news = token == null ? Mono.empty() : orders.tell(new IssueToken(id, Ids.digest(token)), provenance);
        if (isNew) {
            news = news.then(orders.mention(new NoteFirstContact(id), provenance));
        }
        if (isElsewhere) {
            news = news.then(orders.mention(new NoteAddress(id, address), provenance));
        }
        return news.then(orders.settled());
    }

    private Mono<Void> register(Visit visit, DeviceId id, @Nullable String token, Map<String, String> provenance) {
        RegisterDevice register = new RegisterDevice(
                id,
                null,
                null,
                List.of(),
                Map.of(),
                address(visit),
                token == null ? null : Ids.digest(token),
                Origin.PLUG_AND_PLAY);
        return orders.tell(register, provenance)
                // Two first polls at once: one of them registers, both are served.
                .onErrorResume(e -> Refused.is(e, RegistryRefusal.DEVICE_EXISTS) ? Mono.empty() : Mono.error(e))
                .then(orders.mention(new NoteFirstContact(id), provenance));
    }

    /** What a device's own words carry. */
    Map<String, String> provenance(Visit visit, DeviceId id) {
        Map<String, String> provenance =
                visit.circumstances(ports.settings().get().trackAddress());
        provenance.put(Provenance.ACTOR, "device:" + id);
        return provenance;
    }

    private String address(Visit visit) {
        return DeviceAddresses.kept(visit.addressText(), ports.settings().get().trackAddress());
    }
}
