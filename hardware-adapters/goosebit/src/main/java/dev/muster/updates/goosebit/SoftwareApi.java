package dev.muster.updates.goosebit;

import dev.muster.kernel.Refused;
import dev.muster.updates.Hardware;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.Versions;
import dev.muster.updates.modes.Software;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Software, for people (contract §5, §6, §7). */
final class SoftwareApi {

    private final GoosebitPorts ports;
    private final Bodies bodies;
    private final Orders orders;
    private final Uploads uploads;
    private final FileAnswers files;
    private final Shapes shapes;
    private final DeviceApi devices;

    SoftwareApi(
            GoosebitPorts ports,
            Bodies bodies,
            Orders orders,
            Uploads uploads,
            FileAnswers files,
            Shapes shapes,
            DeviceApi devices) {
        this.ports = ports;
        this.bodies = bodies;
        this.orders = orders;
        this.uploads = uploads;
        this.files = files;
        this.shapes = shapes;
        this.devices = devices;
    }

    Mono<Void> all(Visit visit) {
        return Answers.json(
                visit,
                Shapes.under(
                        "software",
                        ports.shelf().all().stream().map(shapes::software).toList()));
    }

    /** A whole file, or an address that is read once. */
    Mono<Void> put(Visit visit) {
        return uploads.whole(visit).onErrorMap(SoftwareApi::told).flatMap(number -> orders.settled()
                .then(Mono.defer(() -> Answers.json(visit, Json.object().put("id", number)))));
    }

    /** A piece of a file, or an address; the last piece makes the software. */
    Mono<Void> putPiece(Visit visit) {
        return uploads.piece(visit)
                .onErrorMap(SoftwareApi::told)
                .then(orders.settled())
                .then(Mono.defer(() -> Answers.json(visit, Json.nothing())));
    }

    /** The original has one sentence for all that is wrong with a bundle. */
    private static Throwable told(Throwable failure) {
        if (Refused.is(failure, UpdatesRefusal.BUNDLE_INVALID, UpdatesRefusal.VERSION_INVALID)) {
            return WireFailure.unprocessable("Software image header cannot be parsed");
        }
        if (Refused.is(failure, UpdatesRefusal.FILE_NAME_INVALID)) {
            return WireFailure.detail(
                    400,
                    "Invalid filename: "
                            + Refused.in(failure)
                                    .map(refusal -> refusal.message())
                                    .orElse(""));
        }
        return failure;
    }

    /** One after the other; those before one that cannot go stay gone. */
    Mono<Void> delete(Visit visit) {
        AtomicBoolean any = new AtomicBoolean();
        return bodies.input(visit)
                .map(input -> {
                    List<Integer> ids = input.requiredIntegers("software_ids");
                    input.check();
                    return ids;
                })
                .flatMap(ids -> Flux.fromIterable(ids)
                        .concatMap(id -> {
                            Software software = ports.shelf().find(id);
                            if (software == null) {
                                return Mono.<Void>empty();
                            }
                            ports.rollouts().onlyUnreferenced(id);
                            return ports.intake()
                                    .remove(
                                            software.release().id(),
                                            visit.guest().provenance())
                                    .doOnSuccess(done -> any.set(true))
                                    .then(orders.settled());
                        })
                        .then(Mono.defer(() -> Answers.json(visit, Json.success(any.get())))));
    }

    Mono<Void> download(Visit visit) {
        Software software;
        try {
            software = ports.shelf().find(Long.parseLong(visit.name(0)));
        } catch (NumberFormatException e) {
            throw WireFailure.unprocessable(Problem.wrongKind(
                    "int_parsing",
                    List.of("path", "file_id"),
                    "integer, unable to parse string as an integer",
                    Json.text(visit.name(0))));
        }
        if (software == null) {
            throw WireFailure.notFound();
        }
        return files.send(visit, software.artifact());
    }

    Mono<Void> columns(Visit visit) {
        return Answers.json(visit, Columns.software());
    }

    /** With {@code ids} only what fits the boards of all those devices. */
    Mono<Void> table(Visit visit, TableQuery query) {
        List<Hardware> boards = devices.hardware(visit.query().all("ids"));
        List<Software> fitting = ports.shelf().all().stream()
                .filter(software -> boards.stream().allMatch(software::fits))
                .toList();
        Table<Software> table = new Table<Software>(shapes::software)
                .searched("uri", Shapes::uri)
                .searched("version", Software::version, Comparator.comparing(Software::version, Versions.ORDER))
                .field("name", Shapes::uri)
                .field("id", software -> String.valueOf(software.number()), Comparator.comparingLong(Software::number))
                .field(
                        "size",
                        software -> String.valueOf(software.artifact().size()),
                        Comparator.comparingLong(software -> software.artifact().size()))
                .field("hash", software -> software.artifact().sha1())
                .field("compatibility", SoftwareApi::compatibility);
        return Answers.json(visit, table.answer(fitting, query));
    }

    private static String compatibility(Software software) {
        StringBuilder text = new StringBuilder();
        software.compatibility().forEach(each -> text.append(each.model())
                .append(" - ")
                .append(each.revision())
                .append('\n'));
        return text.toString();
    }
}
