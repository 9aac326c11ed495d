package dev.muster.server.apps;

import dev.muster.apps.AppKey;
import dev.muster.apps.AppOrders;
import dev.muster.apps.AppStage;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/**
 * Orders for agents only while everything that they are made of is known. What stumbled over one event goes on with the
 * next, and then lacks something that nobody can tell from outside; an agent would remove what is missing.
 */
public final class OrdersOfWholeMemory implements AppOrders {

    private final AppOrders orders;
    private final Set<String> needed;
    private final Predicate<String> isWhole;

    /**
     * @param needed names of what orders are made of
     * @param isWhole whether one of these has seen all of history up to where it is
     */
    public OrdersOfWholeMemory(AppOrders orders, Set<String> needed, Predicate<String> isWhole) {
        this.orders = orders;
        this.needed = Set.copyOf(needed);
        this.isWhole = isWhole;
    }

    @Override
    public Mono<List<Map<String, Object>>> all(DeviceId device) {
        return orders.all(device).doOnNext(all -> onlyWhole());
    }

    @Override
    public Mono<Map<String, Object>> one(DeviceId device, AppKey app, AppStage stage, boolean callOff) {
        return orders.one(device, app, stage, callOff).doOnNext(one -> onlyWhole());
    }

    /** After it was worked out: then this is about what it was made of. */
    private void onlyWhole() {
        for (String each : needed) {
            if (!isWhole.test(each)) {
                throw KernelRefusal.NOT_CAUGHT_UP.because("'" + each
                        + "' could not read all of history; nobody is told what to do before this server starts anew.");
            }
        }
    }
}
