package dev.muster.config.poc;

import dev.muster.config.Agent;
import dev.muster.config.AgentCommand.ReportConfig;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.poc.PollMemory.Known;
import dev.muster.registry.DeviceId;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@code POST /poll/} (contract §1.2): an agent says what it has and is told what it should have, if that is something
 * else.
 *
 * <p>Nearly every poll is byte for byte the agent's poll before. Such a one is known by its fingerprint and answered
 * from memory: no reading, no comparing, no event, no store. Any other is read and compared by value with what the
 * agent had; only where that differs there is an event. All of an answer is of one version of the target.
 */
final class PollRoute {

    private final PocPorts ports;
    private final PocSettings settings;
    private final Bodies bodies;
    private final Orders orders;
    private final Held.Newest target;
    private final PollCounts counts;
    private final PollMemory memory = new PollMemory();

    PollRoute(
            PocPorts ports, PocSettings settings, Bodies bodies, Orders orders, Held.Newest target, PollCounts counts) {
        this.ports = ports;
        this.settings = settings;
        this.bodies = bodies;
        this.orders = orders;
        this.target = target;
        this.counts = counts;
    }

    /** What a poll says. */
    private record Poll(DeviceId id, Json.Members config, String source) {

        static Poll read(Received body) {
            Received.Parsed parsed = body.parsed();
            Input input = Input.of(parsed.value());
            UUID id = input.uuid("uuid");
            Json.Members config = input.object("config");
            if (id == null || config == null) {
                throw input.refusal();
            }
            return new Poll(new DeviceId(id.toString()), config, Source.of(parsed.text(), "config"));
        }
    }

    Mono<Void> go(Visit visit) {
        return bodies.read(visit, settings.configBytesMax()).flatMap(body -> {
            Fingerprint print = Fingerprint.of(body);
            Known known = body.isJson() ? memory.find(print) : null;
            Agent agent = known == null ? null : ports.agents().find(known.agent());
            if (known != null && agent != null && agent.version() == known.version()) {
                counts.answeredFromMemory();
                heard(agent.deviceId());
                return answered(visit, print, known, agent);
            }
            return elsewhere(body.size(), () -> read(visit, print, Poll.read(body)));
        });
    }

    /** Long texts are not read by the connections' own threads. */
    private static Mono<Void> elsewhere(int length, Supplier<Mono<Void>> work) {
        Mono<Void> here = Mono.defer(work);
        return length <= Bodies.SMALL ? here : here.subscribeOn(Schedulers.boundedElastic());
    }

    /** @param agent that still has what the body says */
    private Mono<Void> answered(Visit visit, Fingerprint body, Known known, Agent agent) {
        Held now = target.now();
        if (known.target() == now.number()) {
            return known.same() ? Answers.nothing(visit) : Answers.json(visit, now.answer());
        }
        // The target changed since: compared once, and known for the next time.
        String has = agent.config();
        return elsewhere(
                has.length(), () -> compared(visit, body, agent.deviceId(), agent.version(), JsonReader.read(has)));
    }

    private Mono<Void> read(Visit visit, Fingerprint body, Poll poll) {
        Agent agent = ports.agents().find(poll.id());
        if (agent == null) {
            return Mono.error(PocFailure.badRequest(PocFailure.NOT_REGISTERED));
        }
        heard(poll.id());
        boolean same = agent.config().equals(poll.source()) || poll.config().equals(JsonReader.read(agent.config()));
        if (same) {
            counts.wasRead();
            return compared(visit, body, poll.id(), agent.version(), poll.config());
        }
        counts.wasReported();
        String id = poll.id().value();
        return orders.send(new ReportConfig(poll.id(), poll.source()), visit.provenance(id))
                .flatMap(version -> compared(visit, body, poll.id(), version, poll.config()));
    }

    private Mono<Void> compared(Visit visit, Fingerprint body, DeviceId agent, long version, Json config) {
        Held now = target.now();
        boolean same = now.value().equals(config);
        memory.remember(
                body,
                new Known(agent, version, now.number(), same),
                ports.agents().size());
        return same ? Answers.nothing(visit) : Answers.json(visit, now.answer());
    }

    private void heard(DeviceId id) {
        ports.heartbeats().heard(id, ports.clock().instant());
    }

    /** How many polls are known by their bytes. */
    int remembered() {
        return memory.size();
    }
}
