package dev.muster.observe.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.EnrolmentEvent.EnrolmentEnded;
import dev.muster.observe.EnrolmentEvent.ObservedAddressChanged;
import dev.muster.observe.EnrolmentEvent.UidChanged;
import dev.muster.observe.Enrolments;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceCommand;
import dev.muster.registry.DeviceCommand.ChangeDevice;
import dev.muster.registry.DeviceCommand.DecommissionDevice;
import dev.muster.registry.DeviceCommand.NoteAddress;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import dev.muster.registry.DeviceId;
import dev.muster.registry.DeviceLimits;
import dev.muster.registry.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An enrolled device is a device. One that nobody knew is registered; its address and name in the registry follow its
 * enrolment as long as nobody else has a say in them; one that came by enrolment alone leaves with it.
 *
 * <p>It does not replay what happened but looks at how things stand, so hearing something twice changes nothing. Before the
 * next batch it waits until its own orders can be seen.
 */
public final class WhenDeviceIsEnrolledRegisterIt implements Policy {

    /** Who orders; {@link WhenDeviceLeavesEndItsEnrolment} knows it. */
    static final String ACTOR = "system:enrolment";

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, ACTOR);
    private static final int IN_FLIGHT_MAX = 256;

    private final Commands commands;
    private final Enrolments enrolments;
    private final DeviceDirectory devices;
    private final Positions positions;

    public WhenDeviceIsEnrolledRegisterIt(
            Commands commands, Enrolments enrolments, DeviceDirectory devices, Positions positions) {
        this.commands = commands;
        this.enrolments = enrolments;
        this.devices = devices;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-is-enrolled-register-it";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    /** What a batch tells of one device. */
    private static final class News {
        boolean enrolled;
        boolean ended;
        final Set<Uid> formerUids = new HashSet<>();
    }

    @Override
    public void react(List<Recorded> batch) {
        Map<DeviceId, News> changed = new LinkedHashMap<>();
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof EnrolmentEvent event) {
                note(event, changed);
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        Await.done(positions.folded(batch.getLast().position(), Await.HANDLER_WAIT_MAX));
        List<DeviceCommand> orders = new ArrayList<>();
        changed.forEach((id, news) -> orders.addAll(orders(id, news)));
        if (orders.isEmpty()) {
            return;
        }
        Await.done(Flux.fromIterable(orders).flatMap(this::sent, IN_FLIGHT_MAX).then());
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
    }

    private static void note(EnrolmentEvent event, Map<DeviceId, News> changed) {
        switch (event) {
            case DeviceEnrolled e -> newsOf(e.deviceId(), changed).enrolled = true;
            case EnrolmentEnded e -> newsOf(e.deviceId(), changed).ended = true;
            case UidChanged e -> newsOf(e.deviceId(), changed).formerUids.add(e.before());
            case ObservedAddressChanged e -> newsOf(e.deviceId(), changed);
            default -> {}
        }
    }

    private static News newsOf(DeviceId id, Map<DeviceId, News> changed) {
        return changed.computeIfAbsent(id, unheard -> new News());
    }

    private List<DeviceCommand> orders(DeviceId id, News news) {
        Enrolment enrolment = enrolments.of(id);
        DeviceFacts device = devices.facts(id);
        if (enrolment == null) {
            return news.ended && device != null && cameByEnrolmentAlone(device)
                    ? List.of(new DecommissionDevice(id, null))
                    : List.of();
        }
        if (device == null) {
            return news.enrolled ? List.of(registration(enrolment)) : List.of();
        }
        List<DeviceCommand> orders = new ArrayList<>();
        if (!device.contacted() && !enrolment.address().equals(device.address())) {
            orders.add(new NoteAddress(id, enrolment.address()));
        }
        String name = nameOf(enrolment.uid());
        boolean follows = news.formerUids.stream().anyMatch(uid -> nameOf(uid).equals(device.name()));
        if (follows && !name.equals(device.name())) {
            orders.add(new ChangeDevice(id, name, null, null, null, null));
        }
        return orders;
    }

    private static boolean cameByEnrolmentAlone(DeviceFacts device) {
        return device.origin() == Origin.ENROLMENT && !device.hasToken() && !device.contacted();
    }

    private static RegisterDevice registration(Enrolment enrolment) {
        return new RegisterDevice(
                enrolment.deviceId(),
                nameOf(enrolment.uid()),
                null,
                List.of(),
                Map.of(),
                enrolment.address(),
                null,
                Origin.ENROLMENT);
    }

    /** A uid as a device's name, which is shorter and has no control characters. */
    static String nameOf(Uid uid) {
        StringBuilder name = new StringBuilder();
        uid.value()
                .codePoints()
                .map(c -> Character.isISOControl(c) ? '_' : c)
                .takeWhile(c -> name.length() + Character.charCount(c) <= DeviceLimits.NAME_LENGTH_MAX)
                .forEach(name::appendCodePoint);
        return name.toString();
    }

    /** A refusal is an answer: somebody else was there first. Want of room is none; then the batch is tried again. */
    private Mono<Object> sent(DeviceCommand order) {
        return Mono.defer(() -> Mono.fromFuture(commands.<Object>send(order, SYSTEM), true))
                .onErrorResume(Refused::isAnswer, failure -> Mono.empty());
    }
}
