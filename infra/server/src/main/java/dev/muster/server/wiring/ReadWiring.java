package dev.muster.server.wiring;

import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.muster.kernel.History;
import dev.muster.lab.query.http.LabReads;
import dev.muster.lab.query.http.ReservationReads;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.query.Discovery;
import dev.muster.observe.query.DocumentIndex;
import dev.muster.observe.query.EnrolmentIndex;
import dev.muster.observe.query.LinkSettings;
import dev.muster.observe.query.ObserveSettings;
import dev.muster.observe.query.RuleBooks;
import dev.muster.observe.query.TemplateLinks;
import dev.muster.observe.query.http.DiscoveryReads;
import dev.muster.observe.query.http.DocumentReads;
import dev.muster.observe.query.http.EnrolmentReads;
import dev.muster.observe.query.http.RuleBookReads;
import dev.muster.overview.query.AuditTrail;
import dev.muster.overview.query.EventSettings;
import dev.muster.overview.query.PublicEvents;
import dev.muster.overview.query.http.AuditReads;
import dev.muster.overview.query.http.EventReads;
import dev.muster.overview.query.http.TimelineReads;
import dev.muster.registry.query.Offload;
import dev.muster.server.MusterSettings;
import dev.muster.server.StoredNames;
import dev.muster.server.http.HttpJson;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.modes.Followings;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.query.FleetIndex;
import dev.muster.updates.query.ModeCases;
import dev.muster.updates.query.MongoActionViews;
import dev.muster.updates.query.QuerySettings;
import dev.muster.updates.query.RolloutCases;
import dev.muster.updates.query.RolloutDevices;
import dev.muster.updates.query.RolloutPreview;
import dev.muster.updates.query.RolloutTimeline;
import dev.muster.updates.query.RolloutViews;
import dev.muster.updates.query.ViewReads;
import dev.muster.updates.query.Why;
import dev.muster.updates.query.http.ArtifactReads;
import dev.muster.updates.query.http.DeviceReads;
import dev.muster.updates.query.http.FleetReads;
import dev.muster.updates.query.http.ReleaseReads;
import dev.muster.updates.query.http.RolloutReads;
import dev.muster.updates.query.http.RolloutReports;
import dev.muster.updates.query.http.SettingsReads;
import dev.muster.updates.query.http.WhyReads;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Endpoints that answer questions, and what they ask. */
@Configuration(proxyBeanMethods = false)
@Import({
    ArtifactReads.class,
    DeviceReads.class,
    FleetReads.class,
    ReleaseReads.class,
    RolloutReads.class,
    RolloutReports.class,
    WhyReads.class,
    SettingsReads.class,
    EnrolmentReads.class,
    DocumentReads.class,
    DiscoveryReads.class,
    RuleBookReads.class,
    LabReads.class,
    ReservationReads.class,
    AuditReads.class,
    EventReads.class,
    TimelineReads.class
})
class ReadWiring {

    @Bean
    ViewReads viewReads(MongoDatabase viewDatabase, Clock clock, QuerySettings settings) {
        return new ViewReads(viewDatabase, clock, settings);
    }

    @Bean
    MongoActionViews actionViews(ViewReads views, FleetIndex fleet) {
        return new MongoActionViews(views, fleet);
    }

    @Bean
    RolloutViews rolloutViews(ViewReads views) {
        return new RolloutViews(views);
    }

    @Bean
    RolloutDevices rolloutDevices(ViewReads views, FleetIndex fleet, MongoActionViews actions) {
        return new RolloutDevices(views, fleet, actions);
    }

    @Bean
    RolloutPreview rolloutPreview(FleetIndex fleet, Catalogue catalogue, MaintenanceWindows windows, Clock clock) {
        return new RolloutPreview(fleet, catalogue, windows, clock);
    }

    @Bean
    RolloutTimeline rolloutTimeline(History history) {
        return new RolloutTimeline(history);
    }

    @Bean
    RolloutCases rolloutCases(
            FleetIndex fleet,
            Catalogue catalogue,
            RolloutMemberships register,
            RolloutViews rollouts,
            RolloutDevices devices) {
        return new RolloutCases(fleet, catalogue, register, rollouts, devices);
    }

    @Bean
    Why why(
            FleetIndex fleet,
            Catalogue catalogue,
            StandingAssignments standing,
            CurrentSettings settings,
            RolloutCases rollouts,
            Followings followings,
            Offers offers,
            MongoActionViews actions,
            MaintenanceWindows windows,
            Offload offload,
            Clock clock) {
        ModeCases modes = new ModeCases(followings, offers);
        return new Why(fleet, catalogue, standing, settings, rollouts, modes, actions, windows, offload, clock);
    }

    @Bean
    Offload offload(QuerySettings settings) {
        return new Offload(settings.threads(), settings.waitingMax());
    }

    @Bean
    ObserveSettings observeSettings(MusterSettings settings) {
        return ObserveSettings.DEFAULTS.withScrapePort(settings.observe().scrapePort());
    }

    @Bean
    TemplateLinks applicationLinks(MusterSettings settings) {
        MusterSettings.Links links = settings.observe().links();
        return new TemplateLinks(new LinkSettings(
                settings.cos().modelName(),
                withoutSlash(settings.cos().prefix()),
                links.grafana(),
                links.grafanaDashboard(),
                links.foxglove(),
                links.foxgloveLayout(),
                links.recordings()));
    }

    /** Whether it is a prefix at all is the wire's to say. */
    private static String withoutSlash(String prefix) {
        return prefix.startsWith("/") ? prefix.substring(1) : prefix;
    }

    @Bean
    Discovery discovery(FleetIndex fleet, EnrolmentIndex enrolments, ObserveSettings settings) {
        return new Discovery(fleet, enrolments, settings);
    }

    @Bean
    RuleBooks ruleBooks(
            DocumentIndex documents,
            EnrolmentIndex enrolments,
            DocumentTexts texts,
            RuleFiles files,
            RuleGroups groups,
            Offload offload,
            ObserveSettings settings) {
        return new RuleBooks(documents, enrolments, texts, files, groups, offload, settings);
    }

    @Bean
    EventSettings eventSettings() {
        return EventSettings.DEFAULTS;
    }

    @Bean
    PublicEvents publicEvents() {
        return new PublicEvents(StoredNames.ALL, HttpJson.mapper());
    }

    @Bean
    AuditTrail auditTrail(History history, PublicEvents events, EventSettings settings) {
        return new AuditTrail(history, events, settings);
    }
}
