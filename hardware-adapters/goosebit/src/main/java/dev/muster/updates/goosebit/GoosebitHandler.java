package dev.muster.updates.goosebit;

import dev.muster.kernel.Refused;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;

/**
 * gooseBit's whole surface behind one door. It stands in front of the web framework because its manners are another
 * framework's, and because devices poll here. The order of judgement is: path, method, credentials, body.
 */
public final class GoosebitHandler {

    private static final Logger LOG = LoggerFactory.getLogger(GoosebitHandler.class);

    private final GoosebitPorts ports;
    private final GoosebitSettings settings;
    private final PeopleGate gate;
    private final DeviceRoutes devices;
    private final Routes routes;
    private final Traffic traffic = new Traffic();

    /** Blocks for a moment: uploads that a stop left behind are cleared away. */
    public GoosebitHandler(GoosebitPorts ports, GoosebitSettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.gate = new PeopleGate(ports);
        Bodies bodies = new Bodies(settings);
        Orders orders = new Orders(ports, settings);
        Offers offers = new Offers(
                new Selection(ports.shelf(), ports.rollouts()),
                ports.shelf(),
                ports.followings(),
                ports.windows(),
                settings.concurrentMax());
        FileAnswers files = new FileAnswers(ports, settings);
        SleepTime sleep = new SleepTime(ports);
        Shapes shapes = new Shapes(ports, sleep);
        this.devices = new DeviceRoutes(ports, settings, bodies, orders, offers, files, sleep);
        DeviceApi deviceApi = new DeviceApi(ports, bodies, orders, offers, shapes);
        Uploads uploads = new Uploads(ports, settings, bodies);
        this.routes = new Routes(
                bodies,
                deviceApi,
                new SoftwareApi(ports, bodies, orders, uploads, files, shapes, deviceApi),
                new RolloutApi(ports, bodies, orders, shapes),
                new UserApi(ports, bodies),
                new SignInRoutes(ports, settings, bodies, gate),
                new MetricsRoute(ports, settings, traffic),
                new OpenApi(settings.prefix()));
    }

    /** True for all below the prefix; all other paths are somebody else's. */
    public boolean serves(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        String prefix = settings.prefix();
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** Answers a request that {@link #serves}. Every failure is answered too. */
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        Visit visit = new Visit(
                request,
                response,
                ports.peers().clientOf(request),
                ports.clock().instant());
        Mono<Void> answer;
        try {
            answer = received(visit);
        } catch (RuntimeException e) {
            answer = Mono.error(e);
        }
        Mono<Void> all = answer.onErrorResume(e -> refused(visit, e));
        // The body of an answer to HEAD is never written, which would leave its status unsent: each would be 200.
        return counted(visit, visit.is(HttpMethod.HEAD) ? all.then(Mono.defer(response::setComplete)) : all);
    }

    private Mono<Void> counted(Visit visit, Mono<Void> answer) {
        return Mono.defer(() -> {
            traffic.began();
            long began = System.nanoTime();
            return answer.doFinally(
                    end -> traffic.ended(visit, Duration.ofNanos(System.nanoTime() - began), visit.response));
        });
    }

    private Mono<Void> received(Visit visit) {
        String below =
                visit.request.getURI().getRawPath().substring(settings.prefix().length());
        String path = below.isEmpty() ? "/" : below;
        DevicePath device = device(path);
        if (device != null) {
            if (path.endsWith("/") && leadsSomewhere(withoutSlash(path))) {
                return corrected(visit, path);
            }
            return devices.go(visit, device);
        }
        Routes.Served served = routes.find(visit, path);
        if (served == null) {
            return leadsSomewhere(withoutSlash(path)) ? corrected(visit, path) : Mono.error(WireFailure.notFound());
        }
        if (served.isOpen()) {
            return served.action().apply(visit);
        }
        return gate.admit(visit, served.scopes()).flatMap(guest -> {
            visit.admit(guest);
            return served.action().apply(visit);
        });
    }

    /** A path of devices of a tenant of ours; null for all others. */
    private @Nullable DevicePath device(String path) {
        DevicePath read = DevicePath.read(path);
        String tenant = read == null ? null : settings.tenant(read.tenant());
        return read == null || tenant == null ? null : read;
    }

    private boolean leadsSomewhere(String path) {
        if (path.isEmpty()) {
            return false;
        }
        DevicePath device = device(path);
        return device == null ? routes.has(path) : DeviceRoutes.isServed(device);
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : "";
    }

    /** Where somebody wanted to go who brought a slash too many. */
    private Mono<Void> corrected(Visit visit, String path) {
        String query = visit.request.getURI().getRawQuery();
        return Answers.redirect(
                visit, 307, settings.prefix() + withoutSlash(path) + (query == null ? "" : "?" + query));
    }

    private static Mono<Void> refused(Visit visit, Throwable failure) {
        // A device that hung up is a device's day, not a fault, and nobody is left to answer.
        if (AbortedException.isConnectionReset(failure) || isGone(visit.response)) {
            return Mono.empty();
        }
        WireFailure answer = WireFailure.of(failure);
        if (answer.status() >= 500 && Refused.in(failure).isEmpty() && !(failure instanceof WireFailure)) {
            LOG.warn("{} {} failed", visit.method, visit.request.getURI().getRawPath(), failure);
        }
        return Answers.failure(visit, answer);
    }

    /** Whether the connection is closed: then whatever failed may have failed for that. */
    private static boolean isGone(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection
                && !connection.channel().isActive();
    }
}
