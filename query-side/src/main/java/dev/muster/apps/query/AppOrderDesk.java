package dev.muster.apps.query;

import dev.muster.apps.AppAgents;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppOrder;
import dev.muster.apps.AppOrderWire;
import dev.muster.apps.AppOrders;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Installations;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.Installations.Known;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Seals;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Orders for agents, with secrets opened. Nothing is answered before memory has read what was durable when it was asked. */
public final class AppOrderDesk implements AppOrders {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);

    private final AppAgents agents;
    private final Installations installations;
    private final DeviceGroups devices;
    private final Seals seals;
    private final Positions positions;

    public AppOrderDesk(
            AppAgents agents, Installations installations, DeviceGroups devices, Seals seals, Positions positions) {
        this.agents = agents;
        this.installations = installations;
        this.devices = devices;
        this.seals = seals;
        this.positions = positions;
    }

    @Override
    public Mono<List<Map<String, Object>>> all(DeviceId device) {
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.fromCallable(() -> complete(device)).subscribeOn(Schedulers.boundedElastic()));
    }

    @Override
    public Mono<Map<String, Object>> one(DeviceId device, AppKey app, AppStage stage, boolean callOff) {
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.fromCallable(() -> single(device, app, stage, callOff))
                        .subscribeOn(Schedulers.boundedElastic()));
    }

    private List<Map<String, Object>> complete(DeviceId device) {
        onlyOurs(device);
        List<Map<String, Object>> orders = new ArrayList<>();
        Set<Known> listed = new HashSet<>();
        for (Installation each : installations.of(device)) {
            AppOrder order = each.order();
            if (order != null) {
                orders.add(AppOrderWire.of(order, this::opened));
                listed.add(new Known(order.app(), order.stage()));
            }
        }
        for (Known each : installations.known(device)) {
            boolean isThere =
                    installations.reported(device, each.app(), each.stage()).isThere();
            if (isThere && !listed.contains(each)) {
                // What is not in the list is removed there: rather no list than one that lacks what is running.
                throw new IllegalStateException("no order for app " + each.app() + ", which is on " + device);
            }
        }
        // Whoever was taken out of service while this was worked out is told nothing.
        onlyOurs(device);
        return orders;
    }

    private @Nullable Map<String, Object> single(DeviceId device, AppKey app, AppStage stage, boolean callOff) {
        onlyOurs(device);
        Installation found = installations.find(device, app, stage);
        AppOrder order = found == null ? null : found.order();
        return order == null ? null : AppOrderWire.of(callOff ? order.calledOff() : order, this::opened);
    }

    /** One that left the registry is in no group any more, and its agent may be known a moment longer. */
    private void onlyOurs(DeviceId device) {
        agents.needed(device);
        if (!devices.knows(device)) {
            throw AppsRefusal.AGENT_UNKNOWN.because("Device '" + device + "' is out of service.");
        }
    }

    private @Nullable String opened(AppOrderWire.Parameter parameter) {
        var value = parameter.value();
        String sealed = value.sealed();
        return sealed == null
                ? value.clear()
                : seals.open(
                                value.from().keyOwner(),
                                AppWish.secretPlace(parameter.app(), value.from(), parameter.name()),
                                sealed)
                        .orElse(null);
    }
}
