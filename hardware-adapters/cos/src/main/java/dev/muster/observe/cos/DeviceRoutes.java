package dev.muster.observe.cos;

import dev.muster.kernel.Refusal;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentCommand.EndEnrolment;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.Uid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code devices/} and {@code devices/<uid>/} (contract §4). */
final class DeviceRoutes {

    /** Longer lists are not rendered by the connections' own threads. */
    private static final int SHORT_LIST = 2000;

    private final CosPorts ports;
    private final Bodies bodies;
    private final Orders orders;
    private final Shape shape;
    private final DeviceLists lists;

    DeviceRoutes(CosPorts ports, CosSettings settings, Bodies bodies, Orders orders) {
        this.ports = ports;
        this.bodies = bodies;
        this.orders = orders;
        this.shape = Shape.device(settings);
        this.lists = new DeviceLists(ports.enrolments(), DeviceLists.KEPT_BYTES_MAX);
    }

    Mono<Void> all(Visit visit) {
        List<String> fields = fields(visit);
        if (visit.reads()) {
            return lists.isReady(fields) || ports.enrolments().size() <= SHORT_LIST
                    ? listed(visit, fields)
                    : Mono.defer(() -> listed(visit, fields)).subscribeOn(Schedulers.boundedElastic());
        }
        return bodies.read(visit, shape)
                .map(body -> DeviceInput.read(body, false, null, ports.enrolments(), ports.documents()))
                .flatMap(input -> enrolled(visit, input))
                .flatMap(device -> Answers.json(visit, 201, DeviceJson.one(device, fields)));
    }

    private Mono<Void> listed(Visit visit, List<String> fields) {
        byte[] whole = lists.whole(fields);
        return whole == null
                ? Answers.json(visit, lists.pieces(fields).subscribeOn(Schedulers.boundedElastic()))
                : Answers.json(visit, 200, whole);
    }

    private Mono<Enrolment> enrolled(Visit visit, DeviceInput input) {
        Uid uid = input.uid();
        String address = input.address();
        if (uid == null || address == null) {
            throw new IllegalStateException("a new device without uid or address got through");
        }
        String key = input.publicKey() == null ? "" : input.publicKey();
        return orders.bounded(ports.orders().enrol(uid, address, key, input.uses(), visit.provenance(uid)))
                .onErrorMap(failure -> worded(failure, uid));
    }

    Mono<Void> one(Visit visit) {
        Enrolment device = found(visit.route().uid());
        if (device == null) {
            return Mono.error(CosFailure.noMatch("Device"));
        }
        List<String> fields = fields(visit);
        if (visit.reads()) {
            return Answers.json(visit, 200, DeviceJson.one(device, fields));
        }
        if (visit.is(HttpMethod.DELETE)) {
            return orders.send(new EndEnrolment(device.deviceId(), null), visit.provenance(device.uid()))
                    .onErrorMap(failure -> worded(failure, device.uid()))
                    .then(Mono.defer(() -> Answers.empty(visit, 204)));
        }
        boolean partial = visit.is(HttpMethod.PATCH);
        return bodies.read(visit, shape)
                .map(body -> DeviceInput.read(body, partial, device, ports.enrolments(), ports.documents()))
                .flatMap(input -> changed(visit, device, input))
                .flatMap(now -> Answers.json(visit, 200, DeviceJson.one(now, fields)));
    }

    private Mono<Enrolment> changed(Visit visit, Enrolment device, DeviceInput input) {
        Map<DocumentKind, List<Uid>> uses = input.uses();
        if (input.uid() == null && input.address() == null && input.publicKey() == null && uses.isEmpty()) {
            return Mono.just(device);
        }
        return orders.bounded(ports.orders()
                        .change(
                                device.deviceId(),
                                input.uid(),
                                input.address(),
                                input.publicKey(),
                                uses,
                                null,
                                visit.provenance(device.uid())))
                .onErrorMap(failure -> worded(failure, input.uid() == null ? device.uid() : input.uid()));
    }

    /** The device that goes by this name, or null. */
    @Nullable
    Enrolment found(String name) {
        Uid uid = Uids.orNull(name);
        return uid == null ? null : ports.enrolments().find(uid);
    }

    private static List<String> fields(Visit visit) {
        return DeviceJson.fields(visit.query().last("fields"));
    }

    /** Somebody else was faster than our own checks: the same words as theirs. */
    private static Throwable worded(Throwable failure, Uid uid) {
        if (Orders.refusal(failure, ObserveRefusal.UID_TAKEN).isPresent()) {
            return CosFailure.field("uid", DeviceInput.TAKEN);
        }
        if (Orders.refusal(failure, ObserveRefusal.ENROLMENT_UNKNOWN).isPresent()) {
            return CosFailure.noMatch("Device");
        }
        return Orders.refusal(failure, ObserveRefusal.DOCUMENT_UNKNOWN)
                .<Throwable>map(DeviceRoutes::unknownDocument)
                .or(() -> Orders.refusal(failure, ObserveRefusal.UID_INVALID)
                        .map(refusal -> CosFailure.field("uid", refusal.message())))
                .or(() -> Orders.refusal(failure, ObserveRefusal.ADDRESS_INVALID)
                        .map(refusal -> CosFailure.field("address", refusal.message())))
                .or(() -> Orders.refusal(failure, ObserveRefusal.PUBLIC_KEY_INVALID)
                        .map(refusal -> CosFailure.field("public_ssh_key", refusal.message())))
                .orElse(failure);
    }

    private static CosFailure unknownDocument(Refusal refusal) {
        Object kind = refusal.details().get("kind");
        Object uid = refusal.details().get("uid");
        for (Application each : Application.values()) {
            if (each.kind.wireName().equals(String.valueOf(kind)) || each.kind == kind) {
                return CosFailure.field(each.deviceField, DeviceInput.unknown(String.valueOf(uid)));
            }
        }
        return CosFailure.whole(refusal.message());
    }
}
