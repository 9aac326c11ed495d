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
     * <p>An update that is called off ends at rest, and what is to run is to run again then. Agents go by what they
     * were asked last, and others tell them of the change at the same time; so how it should be is said behind it.
     *
     * @param callOff to end what is under way
     */
    public Mono<Void> push(DeviceId device, AppKey app, AppStage stage, boolean callOff, Caller caller) {
        Mono<Void> now = Mono.defer(() -> said(device, app, stage, callOff, caller));
        Mono<Void> whole = callOff ? now.then(Mono.defer(() -> said(device, app, stage, false, caller))) : now;
        return whole.onErrorResume(
                failure -> Refused.is(failure, AppsRefusal.AGENT_OFFLINE), away -> Mono.<Void>empty());
    }

    private Mono<Void> said(DeviceId device, AppKey app, AppStage stage, boolean callOff, Caller caller) {
        return orders.one(device, app, stage, callOff)
                .flatMap(order -> link.call(device, PROCEDURE, List.of(), order, caller))
                .then();
    }
}
