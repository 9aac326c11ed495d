package dev.muster.server.wiring;

import dev.muster.config.follow.FollowMetrics;
import dev.muster.config.query.DatabagIndex;
import dev.muster.config.query.DriftIndex;
import dev.muster.config.query.RegistryIndex;
import dev.muster.kernel.Positions;
import dev.muster.lab.query.BoardIndex;
import dev.muster.lab.query.LabUsage;
import dev.muster.lab.query.RequestIndex;
import dev.muster.observe.query.DocumentIndex;
import dev.muster.observe.query.EnrolmentIndex;
import dev.muster.overview.view.Projections;
import dev.muster.server.Readiness;
import dev.muster.server.overview.ConfigCounts;
import dev.muster.server.overview.ConfigMetrics;
import dev.muster.server.overview.ConsoleFiles;
import dev.muster.server.overview.HealthEndpoint;
import dev.muster.server.overview.LabMetrics;
import dev.muster.server.overview.MachineryEndpoint;
import dev.muster.server.overview.MusterMetrics;
import dev.muster.server.overview.ObserveMetrics;
import dev.muster.server.overview.RolloutCounts;
import dev.muster.server.policy.ParkedEvents;
import dev.muster.server.policy.Policies;
import dev.muster.updates.ddi.DdiMetrics;
import dev.muster.updates.query.FleetIndex;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the server says about itself. */
@Configuration(proxyBeanMethods = false)
@Import({HealthEndpoint.class, MachineryEndpoint.class, ConsoleFiles.class})
class OverviewWiring {

    @Bean
    RolloutCounts rolloutCounts(Clock clock) {
        return new RolloutCounts(clock);
    }

    @Bean
    MusterMetrics musterMetrics(
            FleetIndex fleet,
            DdiMetrics ddi,
            Positions positions,
            Projections projections,
            Policies policies,
            ParkedEvents parked,
            RolloutCounts rollouts,
            Readiness readiness) {
        return new MusterMetrics(fleet, ddi, positions, projections, policies, parked, rollouts, readiness);
    }

    @Bean
    ObserveMetrics observeMetrics(EnrolmentIndex enrolments, DocumentIndex documents) {
        return new ObserveMetrics(enrolments, documents);
    }

    @Bean
    LabMetrics labMetrics(BoardIndex boards, RequestIndex requests, LabUsage usage, Clock clock) {
        return new LabMetrics(boards, requests, usage, clock);
    }

    @Bean
    ConfigMetrics configMetrics(
            RegistryIndex registries,
            DatabagIndex databags,
            DriftIndex drift,
            ConfigCounts counts,
            FollowMetrics follow) {
        return new ConfigMetrics(registries, databags, drift, counts, follow);
    }
}
