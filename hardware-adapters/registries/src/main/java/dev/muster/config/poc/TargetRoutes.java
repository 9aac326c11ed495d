package dev.muster.config.poc;

import dev.muster.config.TargetCommand.SetTarget;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code /target-config/} (contract §1.1): what all agents should have, read and replaced as a whole. */
final class TargetRoutes {

    private static final String CONFIG = "config";

    private final PocSettings settings;
    private final Bodies bodies;
    private final Orders orders;
    private final Held.Newest target;

    TargetRoutes(PocSettings settings, Bodies bodies, Orders orders, Held.Newest target) {
        this.settings = settings;
        this.bodies = bodies;
        this.orders = orders;
        this.target = target;
    }

    Mono<Void> go(Visit visit) {
        return visit.is(HttpMethod.PUT)
                ? bodies.read(visit, settings.configBytesMax()).flatMap(body -> replaced(visit, body))
                : Answers.json(visit, target.now().answer());
    }

    private Mono<Void> replaced(Visit visit, Received body) {
        Mono<String> read = Mono.fromCallable(() -> source(body));
        return (body.size() <= Bodies.SMALL ? read : read.subscribeOn(Schedulers.boundedElastic()))
                .flatMap(source -> orders.send(new SetTarget(source, null), visit.provenance())
                        .then(Mono.defer(() -> Answers.json(visit, "{\"config\":" + source + "}"))));
    }

    private static String source(Received body) {
        Received.Parsed parsed = body.parsed();
        Input input = Input.of(parsed.value());
        if (input.object(CONFIG) == null) {
            throw input.refusal();
        }
        return Source.of(parsed.text(), CONFIG);
    }
}
