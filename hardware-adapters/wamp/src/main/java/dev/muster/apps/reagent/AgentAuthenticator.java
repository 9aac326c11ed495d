package dev.muster.apps.reagent;

import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.wamp.Authenticator;
import dev.muster.wamp.Credentials;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lets agents in by their secret. The device's number alone says who it is: one that was moved comes in as of its old
 * project, for it learns of the new one in no other way; beside that it is answered nothing until it comes as of the
 * new. Names of nobody are refused from memory: whoever has one knocks every second.
 */
public final class AgentAuthenticator implements Authenticator {

    private final AppAgents agents;
    private final AgentSecrets secrets;

    public AgentAuthenticator(AppAgents agents, AgentSecrets secrets) {
        this.agents = agents;
        this.secrets = secrets;
    }

    @Override
    public Mono<Found> find(String realm, String authid) {
        SignedInAs who = SignedInAs.read(authid);
        AppAgent agent = who == null ? null : agents.keyed(who.key());
        return agent == null
                ? Mono.empty()
                : Mono.fromCallable(() -> found(agent)).subscribeOn(Schedulers.boundedElastic());
    }

    private Found found(AppAgent agent) {
        return secrets.find(agent.device(), agent.secretId())
                .<Found>map(secret -> new Credentials(
                        DeviceRights.DEVICE, secret, null, true, agent.serial(), () -> isStillSo(agent)))
                .orElseGet(() -> new Refusal("The secret of this device is not kept here any more."));
    }

    /** Whoever holds back their signature until the secret is replaced must not come in with it after that. */
    private boolean isStillSo(AppAgent agent) {
        AppAgent now = agents.keyed(agent.key());
        return now != null && now.secretId().equals(agent.secretId());
    }
}
