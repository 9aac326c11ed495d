package dev.muster.lab.wire;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What is measured about the lab (contract §4), for who may read the server's metrics. */
final class MeterRoutes {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Meters meters;

    MeterRoutes(Meters meters) {
        this.meters = meters;
    }

    Mono<Void> all(Visit visit) {
        return Mono.fromCallable(meters::text)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(text -> Answers.text(visit, CONTENT_TYPE, text));
    }
}
