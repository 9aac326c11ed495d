package dev.muster.updates.ddi;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Sends what devices say as commands, and remembers how far the log was then: the device's next request waits until
 * the desk has read that far, so a device always finds what it just said.
 */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
    private static final int PENDING_SWEPT_AT = 10_000;

    private final Commands commands;
    private final Positions positions;
    private final DdiSettings settings;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<String, Long> pending = new ConcurrentHashMap<>();

    Orders(DdiPorts ports, DdiSettings settings) {
        this.commands = ports.commands();
        this.positions = ports.positions();
        this.settings = settings;
    }

    /** What a request for this device has to wait for; null when for nothing, which is nearly always. */
    @Nullable
    Mono<Void> pending(String deviceId) {
        if (pending.isEmpty()) {
            return null;
        }
        Long position = pending.get(deviceId);
        if (position == null) {
            return null;
        }
        if (positions.folded() >= position) {
            pending.remove(deviceId, position);
            return null;
        }
        return positions
                .folded(position, settings.catchUpMax())
                .onErrorMap(e -> DdiFailure.tryAgain())
                .doOnSuccess(done -> pending.remove(deviceId, position));
    }

    /** Completes when the desk has read what this device said so far. */
    Mono<Void> settled(String deviceId) {
        return Mono.defer(() -> {
            Mono<Void> wait = pending(deviceId);
            return wait == null ? Mono.empty() : wait;
        });
    }

    /** Sends for its effect alone. Fails with {@link DdiFailure}. */
    Mono<Void> tell(Visit visit, Object command) {
        return ask(visit, command).then();
    }

    /** Sends, and waits until the desk shows the effect. */
    Mono<Void> tellAndSee(Visit visit, Object command) {
        return tell(visit, command).then(settled(visit.deviceId()));
    }

    /** As {@link #tell}, but a failure is only noted: the device's request does not depend on it. */
    Mono<Void> mention(Visit visit, Object command) {
        return tell(visit, command).onErrorResume(failure -> {
            LOG.debug("not recorded for {}: {}", visit.deviceId(), command, failure);
            return Mono.empty();
        });
    }

    /** Sends and hands on the answer, empty when there is none. Fails with {@link DdiFailure}. */
    <R> Mono<R> ask(Visit visit, Object command) {
        return Mono.defer(() -> {
            if (inFlight.incrementAndGet() > settings.commandsInFlightMax()) {
                inFlight.decrementAndGet();
                return Mono.error(DdiFailure.tryAgain());
            }
            return Mono.fromFuture(this.<R>sent(visit, command), true)
                    .timeout(settings.commandTimeout())
                    .onErrorMap(failure -> failed(visit, command, failure));
        });
    }

    private <R> CompletableFuture<R> sent(Visit visit, Object command) {
        CompletableFuture<R> future;
        try {
            future = commands.send(command, provenance(visit));
        } catch (RuntimeException e) {
            future = CompletableFuture.failedFuture(e);
        }
        return future.whenComplete((answer, failure) -> {
            inFlight.decrementAndGet();
            if (failure == null) {
                remember(visit.deviceId());
            }
        });
    }

    private void remember(String deviceId) {
        long committed = positions.committed();
        if (positions.folded() >= committed) {
            return;
        }
        pending.merge(deviceId, committed, Math::max);
        if (pending.size() > PENDING_SWEPT_AT) {
            long folded = positions.folded();
            pending.values().removeIf(position -> position <= folded);
        }
    }

    private static Throwable failed(Visit visit, Object command, Throwable failure) {
        DdiFailure answer = DdiFailure.of(failure);
        if (answer.status() >= 500 && Refused.in(failure).isEmpty()) {
            LOG.warn("{} for device {} failed", command.getClass().getSimpleName(), visit.deviceId(), failure);
        }
        return answer;
    }

    private static Map<String, String> provenance(Visit visit) {
        Map<String, String> provenance = HashMap.newHashMap(4);
        provenance.put(Provenance.ACTOR, visit.caller().actor(visit.deviceId()));
        InetAddress address = visit.address();
        if (address != null && visit.rules.settings().trackAddress()) {
            provenance.put(Provenance.ADDRESS, address.getHostAddress());
        }
        String trace = visit.headers.getFirst("traceparent");
        if (trace != null && trace.length() <= 128) {
            provenance.put(Provenance.TRACEPARENT, trace);
        }
        return provenance;
    }
}
