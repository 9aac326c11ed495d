package dev.muster.apps.command;

import dev.muster.apps.AgentLink;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppOrders;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppsRefusal;
import dev.muster.identity.Caller;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import java.util.List;
import reactor.core.publisher.Mono;

/** Tells an agent at once what it would learn at its next start. A device that is away is no failure: it will be told. */
public final class AppPushes {

    /** What agents call being told about one app. */
    public static final String PROCEDURE = "request_app_state";

    private final AppOrders orders;
    private final AgentLink link;

    public AppPushes(AppOrders orders, AgentLink link) {
        this.orders = orders;
        this.link = link;
    }

    /**
     * Completes when the agent has it, or is away.
     *
     * @param callOff to end what is under way
     */
    public Mono<Void> push(DeviceId device, AppKey app, AppStage stage, boolean callOff, Caller caller) {
        return orders.one(device, app, stage, callOff)
                .flatMap(order -> link.call(device, PROCEDURE, List.of(), order, caller))
                .then()
                .onErrorResume(failure -> Refused.is(failure, AppsRefusal.AGENT_OFFLINE), away -> Mono.<Void>empty());
    }
}
