package dev.muster.server.wiring;

import dev.muster.identity.command.Accounts;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Positions;
import dev.muster.observe.query.DocumentIndex;
import dev.muster.observe.query.EnrolmentIndex;
import dev.muster.overview.view.Projections;
import dev.muster.registry.Heartbeats;
import dev.muster.registry.view.ContactBook;
import dev.muster.server.log.Log;
import dev.muster.server.log.LogPositions;
import dev.muster.server.log.LogTail;
import dev.muster.server.overview.RolloutCounts;
import dev.muster.updates.ddi.Desk;
import dev.muster.updates.query.AutoAssignmentsIndex;
import dev.muster.updates.query.CatalogueIndex;
import dev.muster.updates.query.FleetIndex;
import dev.muster.updates.query.QuerySettings;
import dev.muster.updates.query.RolloutRegister;
import dev.muster.updates.query.SettingsIndex;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this node keeps in memory, and the one reader that feeds it. */
@Configuration(proxyBeanMethods = false)
class FoldWiring {

    @Bean
    QuerySettings querySettings() {
        return QuerySettings.DEFAULTS;
    }

    @Bean
    SettingsIndex settingsIndex() {
        return new SettingsIndex();
    }

    @Bean
    CatalogueIndex catalogueIndex() {
        return new CatalogueIndex();
    }

    @Bean
    AutoAssignmentsIndex autoAssignmentsIndex() {
        return new AutoAssignmentsIndex();
    }

    @Bean
    FleetIndex fleetIndex(Heartbeats heartbeats, SettingsIndex settings, Clock clock, QuerySettings querySettings) {
        return new FleetIndex(heartbeats, settings, clock, querySettings);
    }

    @Bean
    RolloutRegister rolloutRegister() {
        return new RolloutRegister();
    }

    @Bean
    DocumentIndex documentIndex() {
        return new DocumentIndex();
    }

    @Bean
    EnrolmentIndex enrolmentIndex() {
        return new EnrolmentIndex();
    }

    @Bean
    Desk desk() {
        return new Desk();
    }

    @Bean
    EventCounts eventCounts() {
        return new EventCounts();
    }

    @Bean(destroyMethod = "")
    LogTail logTail(
            Log log,
            Accounts accounts,
            SettingsIndex settings,
            CatalogueIndex catalogue,
            AutoAssignmentsIndex standing,
            FleetIndex fleet,
            RolloutRegister register,
            DocumentIndex documents,
            EnrolmentIndex enrolments,
            LabFolds lab,
            ConfigFolds config,
            AppFolds apps,
            PocFolds poc,
            Desk desk,
            ContactBook contacts,
            RolloutCounts rollouts,
            EventCounts counts) {
        List<Fold> folds = new ArrayList<>(
                List.of(accounts, settings, catalogue, standing, contacts, fleet, register, documents, enrolments));
        folds.addAll(lab.inOrder());
        folds.addAll(config.inOrder());
        folds.addAll(apps.inOrder());
        folds.addAll(poc.inOrder());
        folds.addAll(List.of(desk, rollouts, counts));
        return new LogTail(log, folds);
    }

    @Bean
    Positions positions(Log log, LogTail tail, Projections projections) {
        return new LogPositions(log, tail, projections::viewed);
    }
}
