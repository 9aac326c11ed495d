package dev.muster.config.follow;

import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.SecretsEvent.SecretsRead;
import dev.muster.config.SecretsEvent.Way;
import dev.muster.config.Wish;
import dev.muster.config.follow.Visit.Guest;
import dev.muster.identity.Caller;
import dev.muster.kernel.KernelRefusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Wishes as devices get them. Without secrets, one is rendered once and kept by its tag, whoever asks: a thousand
 * devices that follow one wish share its bytes. With secrets it is opened and rendered for each answer, on threads that
 * may wait for the vault, and nothing of it is kept.
 */
final class Bodies implements AutoCloseable {

    private static final int PATHS_MAX = 100;

    private final FollowPorts ports;
    private final FollowSettings settings;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();
    private final Scheduler openers;

    Bodies(FollowPorts ports, FollowSettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.openers = Schedulers.newBoundedElastic(
                settings.openers(), Math.max(1, settings.openingsMax() / settings.openers()), "wish-opener", 60, true);
    }

    /** {@code {"tag":…,"values":…}}. */
    Mono<byte[]> of(Visit visit, Guest guest, Wish wish) {
        if (wish.secrets().isEmpty()) {
            return Mono.just(clear(wish));
        }
        Mono<byte[]> opened = Mono.fromCallable(() -> rendered(wish.tag(), wish.opened(ports.seals())))
                .subscribeOn(openers)
                .onErrorMap(
                        RejectedExecutionException.class,
                        full -> KernelRefusal.OVERLOADED.because("Too many answers are waiting already."));
        return noted(visit, guest, wish).then(opened);
    }

    /** A device that reads its own secrets is what they are for; somebody else who does is on record. */
    private Mono<Void> noted(Visit visit, Guest guest, Wish wish) {
        Caller caller = guest.caller();
        if (caller == null) {
            return Mono.empty();
        }
        List<String> paths = wish.secrets().keySet().stream().limit(PATHS_MAX).toList();
        return ports.audit()
                .note(new SecretsRead(visit.registry, Layer.device(visit.device), null, paths, Way.FOLLOWED))
                .contextWrite(context -> context.put(Caller.class, caller));
    }

    private byte[] clear(Wish wish) {
        byte[] known = kept.get(wish.tag());
        if (known != null) {
            return known;
        }
        byte[] body = rendered(wish.tag(), wish.clear());
        if (keptBytes.addAndGet(body.length) > settings.renderedBytesMax()) {
            kept.clear();
            keptBytes.set(body.length);
        }
        kept.put(wish.tag(), body);
        return body;
    }

    /** Members in order of name, as all JSON here. */
    private static byte[] rendered(String tag, Json.Members values) {
        return ("{\"tag\":\"" + tag + "\",\"values\":" + values + "}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        openers.dispose();
    }
}
