package dev.muster.updates.goosebit;

import dev.muster.identity.GoosebitGrants;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceCommand.DecommissionDevice;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Hardware;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection.Target;
import dev.muster.updates.modes.Software;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Devices, for people (contract §6, §7). Looking at a device that is not there makes none. */
final class DeviceApi {

    private final GoosebitPorts ports;
    private final Bodies bodies;
    private final Orders orders;
    private final Offers offers;
    private final Shapes shapes;

    DeviceApi(GoosebitPorts ports, Bodies bodies, Orders orders, Offers offers, Shapes shapes) {
        this.ports = ports;
        this.bodies = bodies;
        this.orders = orders;
        this.offers = offers;
        this.shapes = shapes;
    }

    /**
     * @param target what its mode gives it, due or not; null when that is nothing
     * @param heard when it was heard last, as it was when the row was made: rows are not sorted by what moves meanwhile
     */
    private record Row(
            DeviceView view,
            Following following,
            @Nullable Software target,
            @Nullable Instant heard) {

        @Nullable
        String version() {
            return target == null ? null : target.version();
        }
    }

    Mono<Void> all(Visit visit) {
        return Answers.longJson(
                visit,
                () -> Shapes.under(
                        "devices", rows().stream().map(row -> shown(row, visit)).toList()));
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (DeviceId id : ports.fleet().matching(null)) {
            DeviceView view = ports.fleet().find(id);
            Following following = ports.followings().find(id);
            if (view != null && following != null) {
                Target target = offers.selection().target(following);
                rows.add(new Row(
                        view,
                        following,
                        target == null ? null : target.software(),
                        ports.heartbeats().lastHeard(id)));
            }
        }
        return rows;
    }

    private ObjectNode shown(Row row, Visit visit) {
        return shapes.device(row.view(), row.following(), row.target(), seesTokens(visit), visit.now);
    }

    private static boolean seesTokens(Visit visit) {
        return visit.guest().may(GoosebitGrants.DEVICE_WRITE);
    }

    Mono<Void> one(Visit visit) {
        DeviceView view = known(visit);
        Following following = ports.followings().find(view.id());
        if (following == null) {
            throw WireFailure.noDevice(visit.name(0));
        }
        Long assigned = following.assigned();
        Software software = assigned == null ? null : ports.shelf().find(assigned);
        return Answers.json(visit, shapes.device(view, following, software, seesTokens(visit), visit.now));
    }

    private DeviceView known(Visit visit) {
        DeviceView view = find(visit.name(0));
        if (view == null) {
            throw WireFailure.noDevice(visit.name(0));
        }
        return view;
    }

    /** Null also for what can be no device's id. */
    private @Nullable DeviceView find(String id) {
        try {
            return ports.fleet().find(new DeviceId(id));
        } catch (Refused e) {
            return null;
        }
    }

    Mono<Void> log(Visit visit) {
        DeviceId id = known(visit).id();
        return Mono.fromCallable(() -> Optional.ofNullable(ports.followings().log(id)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(log -> {
                    Following following = ports.followings().find(id);
                    return Answers.json(
                            visit,
                            Json.object()
                                    .put("log", log.orElse(null))
                                    .put("progress", following == null ? null : following.progress()));
                });
    }

    /** Devices that are not there are made. */
    Mono<Void> put(Visit visit) {
        return bodies.input(visit).map(DevicePatch::of).flatMap(patch -> Flux.fromIterable(patch.devices())
                .concatMap(each -> {
                    DeviceId id = new DeviceId(each);
                    Mono<Void> made = ports.fleet().find(id) != null ? Mono.empty() : register(id, visit);
                    return made.then(Mono.defer(() -> changed(id, patch, visit)));
                })
                .then(orders.settled())
                .then(Mono.defer(() -> Answers.success(visit))));
    }

    private Mono<Void> register(DeviceId id, Visit visit) {
        RegisterDevice register = new RegisterDevice(id, null, null, List.of(), Map.of(), null, null, Origin.OPERATOR);
        return orders.tell(register, visit.guest().provenance()).then(orders.settled());
    }

    Mono<Void> patch(Visit visit) {
        return bodies.input(visit).map(DevicePatch::of).flatMap(patch -> Flux.fromIterable(patch.devices())
                .concatMap(each -> {
                    DeviceView view = find(each);
                    return view == null ? Mono.error(WireFailure.noDevice(each)) : changed(view.id(), patch, visit);
                })
                .then(orders.settled())
                .then(Mono.defer(() -> Answers.success(visit))));
    }

    private Mono<Void> changed(DeviceId id, DevicePatch patch, Visit visit) {
        return Flux.fromIterable(patch.orders(id, ports.followings().find(id), ports.shelf()))
                .concatMap(order -> orders.tell(order, visit.guest().provenance()))
                .then();
    }

    Mono<Void> delete(Visit visit) {
        return bodies.input(visit)
                .map(input -> {
                    List<String> ids = input.requiredTexts("devices");
                    input.check();
                    return ids;
                })
                .flatMap(ids -> Flux.fromIterable(ids)
                        .concatMap(each -> {
                            DeviceView view = find(each);
                            return view == null
                                    ? Mono.<Void>empty()
                                    : orders.tell(
                                            new DecommissionDevice(view.id(), null),
                                            visit.guest().provenance());
                        })
                        .then(orders.settled())
                        .then(Mono.defer(() -> Answers.success(visit))));
    }

    Mono<Void> columns(Visit visit) {
        return Answers.json(visit, Columns.devices(ports.settings().get().trackAddress()));
    }

    Mono<Void> table(Visit visit, TableQuery query) {
        Table<Row> table = new Table<Row>(row -> shown(row, visit))
                .searched("id", row -> row.view().id().value())
                .searched("name", row -> Shapes.name(row.view()))
                .searched("hardware__model", row -> row.following().hardware().model())
                .searched(
                        "hardware__revision", row -> row.following().hardware().revision())
                .searched("feed", row -> row.following().feed())
                .searched("sw_version", row -> row.following().version())
                .searched("assigned_software__version", Row::version)
                .searched("last_ip", row -> Addresses.v4(row.view().address()))
                .field("last_ipv6", row -> Addresses.v6(row.view().address()))
                .field("update_mode", row -> Shapes.word(row.following().mode().name()))
                .field("last_state", row -> Shapes.word(row.following().state().name()))
                .field("force_update", row -> String.valueOf(row.following().force()))
                .field(
                        "progress",
                        DeviceApi::progress,
                        Comparator.comparing(
                                row -> row.following().progress(), Comparator.nullsFirst(Comparator.naturalOrder())))
                .field(
                        "last_seen",
                        row -> null,
                        Comparator.comparing(Row::heard, Comparator.nullsFirst(Comparator.naturalOrder())));
        return Answers.longJson(visit, () -> table.answer(rows(), query));
    }

    private static @Nullable String progress(Row row) {
        Integer progress = row.following().progress();
        return progress == null ? null : progress.toString();
    }

    /** The boards of devices, each once; for what fits all of them. Devices that are not there have none. */
    List<Hardware> hardware(List<String> ids) {
        List<Hardware> boards = new ArrayList<>();
        for (String each : ids) {
            DeviceView view = find(each);
            Following following = view == null ? null : ports.followings().find(view.id());
            if (following != null && !boards.contains(following.hardware())) {
                boards.add(following.hardware());
            }
        }
        return boards;
    }
}
