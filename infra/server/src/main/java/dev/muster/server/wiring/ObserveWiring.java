package dev.muster.server.wiring;

import dev.muster.identity.BearerTokens;
import dev.muster.identity.command.Credentials;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.observe.ContentStore;
import dev.muster.observe.Documents;
import dev.muster.observe.EnrolmentOrders;
import dev.muster.observe.Enrolments;
import dev.muster.observe.command.EnrolmentOffice;
import dev.muster.observe.command.http.CertificateEndpoint;
import dev.muster.observe.command.http.EnrolmentEndpoint;
import dev.muster.registry.DeviceDirectory;
import dev.muster.server.observe.ArtifactContents;
import dev.muster.server.security.ApiTokens;
import dev.muster.updates.ArtifactStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** How devices are enrolled for observation, where documents are kept, and who may bring them. */
@Configuration(proxyBeanMethods = false)
@Import({EnrolmentEndpoint.class, CertificateEndpoint.class})
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
    BearerTokens bearerTokens(Credentials credentials) {
        return new ApiTokens(credentials);
    }
}
