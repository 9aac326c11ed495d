package dev.muster.updates.command;

import dev.muster.kernel.Page;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.updates.Catalogue;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.Hardware;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A fleet of which is asked whom a release can be given to, and how the devices stand that are shown. */
final class FewDevices implements Fleet {

    final Map<DeviceId, Recipient> recipients = new ConcurrentHashMap<>();
    /** Whole devices, for those who ask for them; every filter matches those in group {@code line}. */
    final Map<DeviceId, DeviceView> devices = new ConcurrentHashMap<>();

    @Override
    public Recipient recipient(DeviceId id) {
        return recipients.get(id);
    }

    @Override
    public DeviceView find(DeviceId id) {
        return devices.get(id);
    }

    @Override
    public Page<DeviceView> page(FleetQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Predicate<DeviceView> filter(String rsql) {
        return device -> "line".equals(device.group());
    }

    @Override
    public List<DeviceId> matching(String rsql) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Membership membership(Catalogue.Release release, String rsql) {
        List<DeviceId> members = devices.values().stream()
                .filter(filter(rsql))
                .map(DeviceView::id)
                .sorted(Comparator.comparing(DeviceId::value))
                .toList();
        return new Membership(members, List.of());
    }

    void add(String id, @Nullable String group, @Nullable String heldBack) {
        DeviceId device = new DeviceId(id);
        recipients.put(device, new Recipient(device, new Hardware(Hardware.ANY, Hardware.ANY), null));
        devices.put(
                device,
                new DeviceView(
                        device,
                        id,
                        group,
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
                        new Hardware(Hardware.ANY, Hardware.ANY),
                        false,
                        false,
                        false,
                        heldBack));
    }

    @Override
    public int size() {
        return recipients.size();
    }
}
