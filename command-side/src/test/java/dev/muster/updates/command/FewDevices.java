package dev.muster.updates.command;

import dev.muster.kernel.Page;
import dev.muster.registry.DeviceId;
import dev.muster.updates.Catalogue;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A fleet of which is asked whom a release can be given to, and how the devices stand that are shown. */
final class FewDevices implements Fleet {

    final Map<DeviceId, Recipient> recipients = new ConcurrentHashMap<>();

    @Override
    public Recipient recipient(DeviceId id) {
        return recipients.get(id);
    }

    final Map<DeviceId, DeviceView> views = new ConcurrentHashMap<>();

    @Override
    public DeviceView find(DeviceId id) {
        return views.get(id);
    }

    @Override
    public Page<DeviceView> page(FleetQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Predicate<DeviceView> filter(String rsql) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DeviceId> matching(String rsql) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Membership membership(Catalogue.Release release, String rsql) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
        return recipients.size();
    }
}
