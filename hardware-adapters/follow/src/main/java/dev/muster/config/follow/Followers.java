package dev.muster.config.follow;

import dev.muster.config.RegistryId;
import dev.muster.config.Wishes;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Those who wait for news of a wish. No thread waits with them: the log's reader says that something may have changed,
 * another thread passes it on, and each follower looks for itself whether it concerns them. Who joins gets a first
 * hint, so that a change between their last look and the joining is not missed.
 */
final class Followers implements Wishes.Change, AutoCloseable {

    /** Why a follower should look. */
    enum Hint {
        /** Something may have changed. */
        NEWS,
        /** Nothing was heard for a while. */
        BEAT
    }

    private final Map<RegistryId, Map<DeviceId, Set<FluxSink<Hint>>>> all = new ConcurrentHashMap<>();
    private final FollowSettings settings;
    private final FollowMetrics metrics;
    private final Scheduler scheduler;
    private final Sinks.Empty<Void> over = Sinks.empty();

    /** @param scheduler passes hints on; its threads are not held up */
    Followers(FollowSettings settings, FollowMetrics metrics, Scheduler scheduler) {
        this.settings = settings;
        this.metrics = metrics;
        this.scheduler = scheduler;
    }

    /**
     * Hints about a device's wish, the first at once; ends only when the server does. A slow follower gets the latest.
     */
    Flux<Hint> hints(RegistryId registry, DeviceId device) {
        return Flux.<Hint>create(sink -> join(registry, device, sink), FluxSink.OverflowStrategy.LATEST)
                .takeUntilOther(over.asMono());
    }

    /** Completes when the server stops. */
    Mono<Void> over() {
        return over.asMono();
    }

    private void join(RegistryId registry, DeviceId device, FluxSink<Hint> sink) {
        if (!metrics.joins(settings.followersMax())) {
            sink.error(KernelRefusal.OVERLOADED.because(settings.followersMax() + " devices are waiting already."));
            return;
        }
        Map<DeviceId, Set<FluxSink<Hint>>> ofRegistry = all.computeIfAbsent(registry, any -> new ConcurrentHashMap<>());
        Set<FluxSink<Hint>> joined = ofRegistry.compute(device, (any, there) -> {
            Set<FluxSink<Hint>> now = there == null ? ConcurrentHashMap.newKeySet() : there;
            if (now.size() < settings.followersOfOneMax()) {
                now.add(sink);
            }
            return now;
        });
        if (!joined.contains(sink)) {
            metrics.left();
            sink.error(KernelRefusal.OVERLOADED.because("This device is waiting already, several times over."));
            return;
        }
        sink.onDispose(() -> leave(ofRegistry, device, sink));
        sink.next(Hint.NEWS);
    }

    private void leave(Map<DeviceId, Set<FluxSink<Hint>>> ofRegistry, DeviceId device, FluxSink<Hint> sink) {
        ofRegistry.computeIfPresent(device, (any, there) -> {
            if (there.remove(sink)) {
                metrics.left();
            }
            return there.isEmpty() ? null : there;
        });
    }

    @Override
    public void changed(RegistryId registry, @Nullable DeviceId device) {
        Map<DeviceId, Set<FluxSink<Hint>>> ofRegistry = all.get(registry);
        if (ofRegistry == null || ofRegistry.isEmpty()) {
            return;
        }
        if (device == null) {
            scheduler.schedule(() -> ofRegistry.values().forEach(Followers::hint));
        } else if (ofRegistry.containsKey(device)) {
            scheduler.schedule(() -> hint(ofRegistry.getOrDefault(device, Set.of())));
        }
    }

    private static void hint(Set<FluxSink<Hint>> followers) {
        followers.forEach(sink -> sink.next(Hint.NEWS));
    }

    /** Ends all waiting and all streams. */
    @Override
    public void close() {
        over.tryEmitEmpty();
    }
}
