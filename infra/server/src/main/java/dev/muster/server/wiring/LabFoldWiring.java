package dev.muster.server.wiring;

import dev.muster.lab.command.LabOutcomes;
import dev.muster.lab.query.BoardIndex;
import dev.muster.lab.query.LabReadSettings;
import dev.muster.lab.query.LabUsage;
import dev.muster.lab.query.LinkedBoards;
import dev.muster.lab.query.RequestIndex;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What this node knows of the lab, folded from the log. */
@Configuration(proxyBeanMethods = false)
class LabFoldWiring {

    @Bean
    LabReadSettings labReadSettings() {
        return LabReadSettings.DEFAULTS;
    }

    @Bean
    LabOutcomes labOutcomes() {
        return new LabOutcomes();
    }

    @Bean
    BoardIndex boardIndex(LabReadSettings settings) {
        return new BoardIndex(Schedulers.parallel(), settings);
    }

    @Bean
    RequestIndex requestIndex(LabReadSettings settings) {
        return new RequestIndex(Schedulers.parallel(), settings);
    }

    @Bean
    LabUsage labUsage(Clock clock, LabReadSettings settings) {
        return new LabUsage(clock, settings);
    }

    @Bean
    LinkedBoards linkedBoards() {
        return new LinkedBoards();
    }

    @Bean
    LabFolds labFolds(
            LabOutcomes outcomes, BoardIndex boards, RequestIndex requests, LabUsage usage, LinkedBoards linked) {
        return new LabFolds(outcomes, boards, requests, usage, linked);
    }
}
