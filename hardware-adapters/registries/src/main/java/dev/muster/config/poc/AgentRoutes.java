package dev.muster.config.poc;

import dev.muster.config.Agent;
import dev.muster.config.AgentCommand.RegisterAgent;
import dev.muster.config.Json;
import dev.muster.registry.DeviceId;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** {@code POST /register/} and {@code GET /state/{uuid}/} (contract §1.1): how agents become known, and what they have. */
final class AgentRoutes {

    private static final String STATE_PLACE = "[\"path\",\"registration_uuid\"]";

    private final PocPorts ports;
    private final PocSettings settings;
    private final Bodies bodies;
    private final Orders orders;

    AgentRoutes(PocPorts ports, PocSettings settings, Bodies bodies, Orders orders) {
        this.ports = ports;
        this.settings = settings;
        this.bodies = bodies;
        this.orders = orders;
    }

    Mono<Void> register(Visit visit) {
        if (ports.agents().size() >= settings.agentsMax()) {
            return Mono.error(PocFailure.tryAgain("There are too many agents."));
        }
        return bodies.read(visit, settings.registrationBytesMax())
                .map(this::registration)
                .flatMap(command -> orders.send(
                                command, visit.provenance(command.deviceId().value()))
                        .then(Mono.defer(() -> Answers.json(visit, registered(command)))));
    }

    private RegisterAgent registration(Received body) {
        Input input = Input.of(body.parsed().value());
        String ipAddress = input.text("ip-address");
        String publicKey = input.publicKey("public-key-rsa");
        String arch = input.text("arch");
        if (ipAddress == null || publicKey == null || arch == null) {
            throw input.refusal();
        }
        // The contract wants a random one of version 4, and the same words twice make two agents.
        DeviceId id = new DeviceId(UUID.randomUUID().toString());
        return new RegisterAgent(id, ports.clock().instant().getEpochSecond(), ipAddress, publicKey, arch);
    }

    private static String registered(RegisterAgent command) {
        return "{\"ip-address\":" + Json.of(command.ipAddress())
                + ",\"public-key-rsa\":" + Json.of(command.publicKey())
                + ",\"arch\":" + Json.of(command.arch())
                + ",\"uuid\":" + Json.of(command.deviceId().value())
                + ",\"registered\":" + command.registered() + "}";
    }

    /** @param spelt the agent's id in any spelling, and of any version: then nobody has it */
    Mono<Void> state(Visit visit, String spelt) {
        Uuids.Reading reading = Uuids.read(spelt);
        UUID id = reading.id();
        if (id == null) {
            return Mono.error(PocFailure.unprocessable(Problem.noUuid(STATE_PLACE, spelt, reading.fault())));
        }
        Agent agent = ports.agents().find(new DeviceId(id.toString()));
        return agent == null
                ? Mono.error(PocFailure.badRequest(PocFailure.NO_REGISTRATION))
                : Answers.json(visit, state(agent));
    }

    private static String state(Agent agent) {
        return "{\"registered\":" + agent.registered()
                + ",\"ip-address\":" + Json.of(agent.ipAddress())
                + ",\"public-key-rsa\":" + Json.of(agent.publicKey())
                + ",\"arch\":" + Json.of(agent.arch())
                + ",\"config\":" + agent.config() + "}";
    }
}
