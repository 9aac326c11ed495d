package dev.muster.server.wiring;

import dev.muster.identity.BearerTokens;
import dev.muster.identity.command.Credentials;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.observe.ContentStore;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.Documents;
import dev.muster.observe.EnrolmentOrders;
import dev.muster.observe.Enrolments;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.command.EnrolmentOffice;
import dev.muster.observe.command.http.CertificateEndpoint;
import dev.muster.observe.command.http.DocumentsEndpoint;
import dev.muster.observe.command.http.EnrolmentEndpoint;
import dev.muster.observe.command.http.RuleCheckEndpoint;
import dev.muster.observe.documents.DocumentSettings;
import dev.muster.observe.documents.GroupTexts;
import dev.muster.observe.documents.RuleTexts;
import dev.muster.observe.documents.StoredTexts;
import dev.muster.registry.DeviceDirectory;
import dev.muster.server.observe.ArtifactContents;
import dev.muster.server.security.ApiTokens;
import dev.muster.updates.ArtifactStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.scheduler.Schedulers;

/** How devices are enrolled for observation, and what their documents and those who bring them need. */
@Configuration(proxyBeanMethods = false)
@Import({EnrolmentEndpoint.class, CertificateEndpoint.class, DocumentsEndpoint.class, RuleCheckEndpoint.class})
class ObserveWiring {

    @Bean
    EnrolmentOrders enrolmentOrders(
            Enrolments enrolments,
            Documents documents,
            DeviceDirectory devices,
            Commands commands,
            Positions positions) {
        return new EnrolmentOffice(enrolments, documents, devices, commands, positions);
    }

    @Bean
    ContentStore contentStore(ArtifactStore artifacts) {
        return new ArtifactContents(artifacts);
    }

    @Bean
    DocumentSettings documentSettings() {
        return DocumentSettings.defaults();
    }

    @Bean
    RuleFiles ruleFiles(DocumentSettings settings) {
        return new RuleTexts(settings);
    }

    @Bean
    RuleGroups ruleGroups(DocumentSettings settings) {
        return new GroupTexts(settings);
    }

    @Bean
    DocumentTexts documentTexts(RuleFiles rules, ContentStore contents, DocumentSettings settings) {
        return new StoredTexts(rules, contents, settings, Schedulers.parallel());
    }

    @Bean
    dev.muster.observe.command.DocumentSettings documentSizes(DocumentSettings settings) {
        return new dev.muster.observe.command.DocumentSettings(settings.dashboardSizeMax(), settings.rulesSizeMax());
    }

    @Bean
    BearerTokens bearerTokens(Credentials credentials) {
        return new ApiTokens(credentials);
    }
}
