package dev.muster.updates.goosebit;

import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.MarkDownloading;
import dev.muster.updates.ActionCommand.MarkRetrieved;
import dev.muster.updates.ActionCommand.ReportCancelFeedback;
import dev.muster.updates.ActionCommand.ReportFeedback;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Feedback;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.PollingTime;
import dev.muster.updates.goosebit.Reports.Attributes;
import dev.muster.updates.goosebit.Reports.Said;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingCommand.NoteOffered;
import dev.muster.updates.modes.FollowingCommand.ReportFollowing;
import dev.muster.updates.modes.FollowingCommand.ReportVersion;
import dev.muster.updates.modes.FollowingCommand.Standing;
import dev.muster.updates.modes.Followings.NativeOffer;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Offers.Due;
import dev.muster.updates.modes.Software;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The device's paths (contract §2). The order of judgement is: path, method, credentials, whether it is known, body. A
 * device is only heard once it is let in, and only then it becomes known.
 */
final class DeviceRoutes {

    /** What a device is told that has not said yet what it is. */
    private static final String SLEEP_OF_UNKNOWN = "00:00:10";

    private static final String FEEDBACK = "/feedback";
    private static final String DEPLOYMENT = "deploymentBase/";

    private final GoosebitPorts ports;
    private final Bodies bodies;
    private final Orders orders;
    private final DeviceGate gate;
    private final Arrivals arrivals;
    private final Offers offers;
    private final Links links;
    private final FileAnswers files;
    private final SleepTime sleep;

    DeviceRoutes(
            GoosebitPorts ports,
            GoosebitSettings settings,
            Bodies bodies,
            Orders orders,
            Offers offers,
            FileAnswers files,
            SleepTime sleep) {
        this.ports = ports;
        this.bodies = bodies;
        this.orders = orders;
        this.gate = new DeviceGate(ports, settings);
        this.arrivals = new Arrivals(ports, orders);
        this.offers = offers;
        this.links = new Links(ports, settings);
        this.files = files;
        this.sleep = sleep;
    }

    private enum Kind {
        POLL("GET"),
        ATTRIBUTES("PUT"),
        DEPLOYMENT("GET"),
        FEEDBACK("POST"),
        DOWNLOAD("GET, HEAD");

        final String allow;

        Kind(String allow) {
            this.allow = allow;
        }

        boolean takes(HttpMethod method) {
            return List.of(allow.split(", ")).contains(method.name());
        }
    }

    /** @param number raw, of what the device speaks; empty where it names none */
    private record Route(Kind kind, String number) {}

    /** Whether there is something at this path, for who brought a slash too many. */
    static boolean isServed(DevicePath path) {
        return find(path.rest()) != null;
    }

    private static @Nullable Route find(String rest) {
        switch (rest) {
            case "" -> {
                return new Route(Kind.POLL, "");
            }
            case "configData" -> {
                return new Route(Kind.ATTRIBUTES, "");
            }
            case "download" -> {
                return new Route(Kind.DOWNLOAD, "");
            }
            default -> {
                if (!rest.startsWith(DEPLOYMENT)) {
                    return null;
                }
                boolean feedback = rest.endsWith(FEEDBACK);
                String number = rest.substring(
                        DEPLOYMENT.length(),
                        feedback ? Math.max(DEPLOYMENT.length(), rest.length() - FEEDBACK.length()) : rest.length());
                return number.isEmpty() || number.indexOf('/') >= 0
                        ? null
                        : new Route(feedback ? Kind.FEEDBACK : Kind.DEPLOYMENT, number);
            }
        }
    }

    Mono<Void> go(Visit visit, DevicePath path) {
        Route route = find(path.rest());
        if (route == null) {
            throw WireFailure.notFound();
        }
        if (!route.kind().takes(visit.method)) {
            throw WireFailure.methodNotAllowed(route.kind().allow);
        }
        DeviceId id = new DeviceId(path.device());
        int number = route.number().isEmpty() ? 0 : DevicePath.actionNumber(route.number());
        DeviceView known = ports.fleet().find(id);
        return gate.admit(visit, path.device(), known)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(token -> arrivals.greet(visit, id, token.orElse(null)))
                .then(Mono.defer(() -> switch (route.kind()) {
                    case POLL -> poll(visit, path, id);
                    case ATTRIBUTES -> attributes(visit, id);
                    case DEPLOYMENT -> deployment(visit, path, id, number);
                    case FEEDBACK -> feedback(visit, id, number);
                    case DOWNLOAD -> download(visit, id);
                }));
    }

    /** The device as its mode sees it; it was just let in, so it is there unless it left in this very moment. */
    private Following following(DeviceId id) {
        Following device = ports.followings().find(id);
        if (device == null) {
            throw WireFailure.tryAgain("The device is not known yet.");
        }
        return device;
    }

    private Mono<Void> poll(Visit visit, DevicePath path, DeviceId id) {
        return withdrawn(visit, id).then(Mono.defer(() -> {
            Following device = following(id);
            if (Offers.isToDescribeItself(device)) {
                return Answers.json(
                        visit, DeviceDocuments.poll(SLEEP_OF_UNKNOWN, "configData", links.configData(visit, path)));
            }
            String interval = PollingTime.format(sleep.of(id));
            Due due = offers.due(device, visit.now);
            if (due == null || !offers.hasPlace(device)) {
                return Answers.json(visit, DeviceDocuments.poll(interval, null, ""));
            }
            String href = links.deployment(visit, path, due.offer().software());
            return files.wasThere(due.software().artifact())
                    .flatMap(there -> Answers.json(
                            visit,
                            there
                                    ? DeviceDocuments.poll(interval, "deploymentBase", href)
                                    : DeviceDocuments.poll(interval, null, "")));
        }));
    }

    /** This wire cannot ask a device to stop; what it is not at work on ends at once. */
    private Mono<Void> withdrawn(Visit visit, DeviceId id) {
        List<NativeOffer> canceled = ports.followings().actions(id).stream()
                .filter(NativeOffer::canceling)
                .toList();
        Following device = ports.followings().find(id);
        boolean atWork = device != null && Offers.isAtWorkElsewhere(device);
        if (canceled.isEmpty() || atWork) {
            return Mono.empty();
        }
        Feedback stopped =
                new Feedback(Execution.CLOSED, Finished.SUCCESS, null, null, null, List.of("Not begun."), null);
        Map<String, String> provenance = arrivals.provenance(visit, id);
        return Flux.fromIterable(canceled)
                .concatMap(each -> orders.mention(new ReportCancelFeedback(id, each.action(), stopped), provenance))
                .then(orders.settled());
    }

    private Mono<Void> attributes(Visit visit, DeviceId id) {
        return bodies.json(visit).map(Reports::attributes).flatMap(said -> {
            Map<String, String> provenance = arrivals.provenance(visit, id);
            return orders.tell(report(id, said), provenance)
                    .then(
                            said.saysVersion()
                                    ? orders.tell(new ReportVersion(id, said.version()), provenance)
                                    : Mono.empty())
                    .then(orders.settled())
                    .then(Mono.defer(
                            () -> Answers.json(visit, Json.success(true).put("message", "Updated swupdate data."))));
        });
    }

    /** The first report is one that was asked for: that it came is a fact even when it says nothing. */
    private ReportAttributes report(DeviceId id, Attributes said) {
        DeviceView view = ports.fleet().find(id);
        boolean asked = (view != null && view.attributesRequested()) || Offers.isToDescribeItself(following(id));
        return new ReportAttributes(id, said.mode(), said.values(), asked);
    }

    private Mono<Void> deployment(Visit visit, DevicePath path, DeviceId id, int number) {
        Following device = following(id);
        Due due = offers.due(device, visit.now);
        if (due == null) {
            return Answers.json(visit, Json.nothing());
        }
        Software software = due.software();
        return files.isThere(software.artifact()).flatMap(there -> {
            if (!there) {
                return Answers.json(visit, Json.nothing());
            }
            String elsewhere = files.elsewhere(software.artifact());
            String href = elsewhere == null ? links.download(visit, path) : elsewhere;
            return noted(visit, device, due)
                    .then(Mono.defer(() -> Answers.json(visit, DeviceDocuments.deployment(number, software, href))));
        });
    }

    private Mono<Void> noted(Visit visit, Following device, Due due) {
        Map<String, String> provenance = arrivals.provenance(visit, device.deviceId());
        Mono<Void> retrieved = due.action() == 0
                ? Mono.empty()
                : orders.mention(new MarkRetrieved(device.deviceId(), due.action(), false), provenance);
        if (device.offered() == due.offer().software()
                && due.offer().release().id().equals(device.offeredRelease())) {
            return retrieved;
        }
        return retrieved
                .then(orders.tell(new NoteOffered(device.deviceId(), due.offer()), provenance))
                .then(orders.settled());
    }

    private Mono<Void> feedback(Visit visit, DeviceId id, int number) {
        return bodies.json(visit).map(Reports::feedback).flatMap(said -> {
            Following device = following(id);
            Due action = number == FollowingCommand.ELSEWHERE ? offers.spokenOf(device, visit.now) : null;
            Standing standing = offers.selection().standing(device, number, action == null ? null : action.offer());
            Map<String, String> provenance = arrivals.provenance(visit, id);
            Mono<Void> own = orders.tell(
                    new ReportFollowing(id, number, said.execution(), said.finished(), said.details(), standing),
                    provenance);
            return own.then(action == null ? Mono.empty() : ofAction(id, action, said, provenance))
                    .then(orders.settled())
                    .then(Mono.defer(() -> Answers.json(visit, Json.object().put("id", String.valueOf(number)))));
        });
    }

    /** The action's own history; what it refuses is not the device's to know. */
    private Mono<Void> ofAction(DeviceId id, Due action, Said said, Map<String, String> provenance) {
        Finished finished = said.execution() == Execution.CLOSED && said.finished() == Finished.NONE
                ? Finished.SUCCESS
                : said.finished();
        Feedback feedback = said.asFeedback();
        return orders.mention(
                new ReportFeedback(
                        id,
                        action.action(),
                        new Feedback(
                                feedback.execution(),
                                finished,
                                feedback.done(),
                                feedback.of(),
                                feedback.code(),
                                feedback.messages(),
                                null)),
                provenance);
    }

    private Mono<Void> download(Visit visit, DeviceId id) {
        Following device = following(id);
        Software software = offers.download(device, visit.now);
        if (software == null) {
            throw WireFailure.detail(404, "No software assigned to device");
        }
        if (visit.is(HttpMethod.HEAD)) {
            return files.head(visit, software.artifact());
        }
        Due action = offers.spokenOf(device, visit.now);
        boolean isOfAction = action != null && action.software().number() == software.number();
        Mono<Void> note = isOfAction && action != null
                ? orders.mention(
                        new MarkDownloading(
                                id, action.action(), software.artifact().fileName()),
                        arrivals.provenance(visit, id))
                : Mono.empty();
        return note.then(Mono.defer(() -> files.send(visit, software.artifact())));
    }
}
