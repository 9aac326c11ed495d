package dev.muster.apps.reagent;

import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.wamp.Invoked;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Payload;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Offers at the router what agents ask of their cloud. Each is answered within a while, whatever happens: an agent that
 * waits does nothing else, for ever.
 */
final class CloudProcedures {

    /** Answers an agent; no value is an answer without arguments. */
    @FunctionalInterface
    interface Answering {
        Mono<Payload> answer(Asking asking);
    }

    private final AppAgents agents;
    private final Duration answerMax;

    CloudProcedures(AppAgents agents, Duration answerMax) {
        this.agents = agents;
        this.answerMax = answerMax;
    }

    /** Completes when all of them can be called. */
    Mono<Void> offer(LocalSession session, Map<String, Answering> all) {
        return Flux.fromIterable(all.entrySet())
                .concatMap(
                        each -> session.register(each.getKey(), call -> answered(each.getKey(), each.getValue(), call)))
                .then();
    }

    private Mono<Payload> answered(String procedure, Answering answering, Invoked call) {
        return Mono.defer(() -> answering.answer(new Asking(caller(call), call)))
                .timeout(answerMax)
                .onErrorMap(failure -> Answers.told(procedure, failure));
    }

    private AppAgent caller(Invoked call) {
        SignedInAs who =
                DeviceRights.DEVICE.equals(call.callerAuthrole()) ? SignedInAs.read(call.callerAuthid()) : null;
        AppAgent agent = who == null ? null : agents.keyed(who.key());
        if (agent == null) {
            throw Answers.notYours("Only agents of devices are answered here.");
        }
        return agent;
    }
}
