package dev.muster.updates.ddi;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Page;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.updates.Catalogue;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.Hardware;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A fleet that knows groups, and of RSQL only {@code group == name}. */
final class FakeFleet implements Fleet {

    final Map<DeviceId, String> groups = new ConcurrentHashMap<>();
    final Map<DeviceId, Instant> returned = new ConcurrentHashMap<>();

    @Override
    public DeviceView find(DeviceId id) {
        return new DeviceView(
                id,
                id.value(),
                groups.get(id),
                List.of(),
                Map.of(),
                Map.of(),
                null,
                Origin.OPERATOR,
                Instant.EPOCH,
                0,
                null,
                DeviceView.Presence.ONLINE,
                DeviceView.UpdateStatus.REGISTERED,
                null,
                null,
                null,
                List.of(),
                new Hardware("default", "default"),
                false,
                false,
                false,
                null);
    }

    @Override
    public Recipient recipient(DeviceId id) {
        return new Recipient(id, new Hardware("default", "default"), returned.get(id));
    }

    @Override
    public Membership membership(Catalogue.Release release, String rsql) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Predicate<DeviceView> filter(String rsql) {
        String[] parts = rsql.split("==");
        if (parts.length != 2) {
            throw KernelRefusal.INVALID_FILTER.because("cannot be read");
        }
        return view -> parts[1].strip().equals(view.group());
    }

    @Override
    public Page<DeviceView> page(FleetQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DeviceId> matching(String rsql) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
        return groups.size();
    }
}
