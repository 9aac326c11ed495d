package dev.muster.apps.reagent;

import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppOrder;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.Installations.Known;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Tells devices that are here what has changed in what they should do. Each was told all of it when it asked at its
 * start; from then on an order is sent when it asks for something else than the last one. That a device got further
 * with what it does is no reason to tell it again: an app that fails would be started anew at once, for ever.
 *
 * <p>Nothing is said of what is built on the device: it is there because somebody works on it.
 */
final class AgentPushes {

    private static final Logger LOG = LoggerFactory.getLogger(AgentPushes.class);
    /** Devices that are told at once. Each has a while to answer, and silent ones must not keep the others waiting. */
    private static final int AT_ONCE = 256;

    private final ReagentPorts ports;
    private final AgentCalls calls;
    private final Duration answerMax;
    private final Map<DeviceId, Told> told = new ConcurrentHashMap<>();
    private final InTurn turns = new InTurn();
    /** Devices that are to be looked at and are not being looked at yet. */
    private final Set<DeviceId> waiting = ConcurrentHashMap.newKeySet();

    /** Devices that are to be looked at after a while. */
    private final Set<DeviceId> later = ConcurrentHashMap.newKeySet();

    private final Sinks.Many<DeviceId> queue = Sinks.many().unicast().onBackpressureBuffer();
    private @Nullable AutoCloseable changes;

    /**
     * What a device was told in a session.
     *
     * @param orders the last of each app
     */
    record Told(long session, Map<Known, AppOrder> orders) {}

    AgentPushes(ReagentPorts ports, AgentCalls calls, Duration answerMax) {
        this.ports = ports;
        this.calls = calls;
        this.answerMax = answerMax;
    }

    void begin() {
        var unused = queue.asFlux()
                .flatMap(device -> looked(device).onErrorResume(failure -> failed(device, failure)), AT_ONCE)
                .subscribe();
        changes = ports.installations().onChange(this::changed);
    }

    void close() throws Exception {
        if (changes != null) {
            changes.close();
        }
        synchronized (queue) {
            queue.tryEmitComplete();
        }
    }

    /** The device asks for all now; what it is answered is no older than this. */
    Told asked(DeviceId device, long session) {
        Map<Known, AppOrder> orders = new ConcurrentHashMap<>();
        for (Installation each : ports.installations().of(device)) {
            AppOrder order = each.order();
            if (order != null && order.stage() == AppStage.PROD) {
                orders.put(new Known(order.app(), order.stage()), order);
            }
        }
        return new Told(session, orders);
    }

    /** It was answered. What has changed since it asked is looked at once more. */
    void told(DeviceId device, Told before) {
        told.put(device, before);
        look(device);
    }

    /** It asked and got no list: so it is told of each app, unless it has heard of them in this session. */
    void missed(DeviceId device, long session) {
        told.compute(
                device,
                (any, known) -> known != null && known.session() == session
                        ? known
                        : new Told(session, new ConcurrentHashMap<>()));
        lookLater(device);
    }

    void forget(AgentPresence.Live gone) {
        told.computeIfPresent(gone.device(), (any, known) -> known.session() == gone.session() ? null : known);
    }

    /** On the thread that reads the log. */
    private void changed(@Nullable DeviceId device, @Nullable AppKey app) {
        if (device == null) {
            told.keySet().forEach(this::look);
        } else if (told.containsKey(device)) {
            look(device);
        }
    }

    private void look(DeviceId device) {
        if (waiting.add(device)) {
            synchronized (queue) {
                queue.tryEmitNext(device);
            }
        }
    }

    /** What did not work just now is tried again for as long as the device is here; nobody else would. */
    private void lookLater(DeviceId device) {
        if (later.add(device)) {
            var unused = Schedulers.parallel()
                    .schedule(
                            () -> {
                                later.remove(device);
                                look(device);
                            },
                            answerMax.multipliedBy(3).toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private Mono<Void> looked(DeviceId device) {
        Mono<Void> once = Mono.defer(() -> {
            waiting.remove(device);
            Told known = told.get(device);
            return known == null
                    ? Mono.empty()
                    : Flux.fromIterable(ports.installations().of(device))
                            .filter(each -> each.reported().stage() == AppStage.PROD)
                            .concatMap(each -> compared(device, known, each))
                            .then();
        });
        return turns.after(device, once.subscribeOn(Schedulers.boundedElastic()));
    }

    private Mono<Void> compared(DeviceId device, Told known, Installation installation) {
        Known key = new Known(installation.app().key(), AppStage.PROD);
        AppOrder order = installation.order();
        AppOrder last = known.orders().get(key);
        if (order == null) {
            known.orders().remove(key);
            return Mono.empty();
        }
        if (last != null && order.asksSameAs(last)) {
            return Mono.empty();
        }
        return said(device, order)
                .then(Mono.<Void>fromRunnable(() -> known.orders().put(key, order)))
                .onErrorResume(failure -> {
                    if (Refused.is(failure, AppsRefusal.AGENT_OFFLINE, AppsRefusal.AGENT_UNKNOWN)) {
                        // It asks for everything when it starts again.
                        told.remove(device, known);
                        return Mono.empty();
                    }
                    LOG.warn("{} was not told about app {}: {}", device, order.app(), failure.toString());
                    if (Refused.is(failure, AppsRefusal.AGENT_FAILED)) {
                        // It heard, and does not want to: saying it again changes nothing.
                        known.orders().put(key, order);
                    } else {
                        lookLater(device);
                    }
                    return Mono.empty();
                });
    }

    private Mono<Void> said(DeviceId device, AppOrder order) {
        return ports.orders()
                .one(device, order.app(), order.stage(), false)
                .flatMap(words -> {
                    AppAgent agent = ports.agents().needed(device);
                    return calls.ask(agent, AgentCalls.REQUEST_APP_STATE, List.of(), words, answerMax);
                })
                .retryWhen(Retry.backoff(2, Duration.ofSeconds(2)).filter(AgentPushes::isPassing))
                .then();
    }

    private static boolean isPassing(Throwable failure) {
        return Refused.is(failure, AppsRefusal.AGENT_SILENT) || Answers.isPassing(failure);
    }

    private static Mono<Void> failed(DeviceId device, Throwable failure) {
        LOG.error("{} could not be told what changed", device, failure);
        return Mono.empty();
    }
}
