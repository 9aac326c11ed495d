package dev.muster.server.wiring;

import dev.muster.lab.command.LabOutcomes;
import dev.muster.lab.query.BoardIndex;
import dev.muster.lab.query.LabReadSettings;
import dev.muster.lab.query.LabUsage;
import dev.muster.lab.query.LinkedBoards;
import dev.muster.lab.query.RequestIndex;
import dev.muster.overview.query.LabAuditTrail;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What this node knows of the lab, folded from the log. */
@Configuration(proxyBeanMethods = false)
class LabFoldWiring {

    /** Some ten megabytes. */
    private static final int AUDIT_ENTRIES_MAX = 20_000;

    private static final int AUDIT_TOKENS_MAX = 50_000;

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
    LabAuditTrail labAuditTrail() {
        return new LabAuditTrail(AUDIT_ENTRIES_MAX, AUDIT_TOKENS_MAX);
    }

    @Bean
    LabFolds labFolds(
            LabOutcomes outcomes,
            BoardIndex boards,
            RequestIndex requests,
            LabUsage usage,
            LinkedBoards linked,
            LabAuditTrail audit) {
        return new LabFolds(outcomes, boards, requests, usage, linked, audit);
    }
}
