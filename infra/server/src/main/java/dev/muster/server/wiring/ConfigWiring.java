package dev.muster.server.wiring;

import dev.muster.config.Databags;
import dev.muster.config.Registries;
import dev.muster.config.RegistryEngine;
import dev.muster.config.Seals;
import dev.muster.config.SecretsAudit;
import dev.muster.config.command.Consequences;
import dev.muster.config.command.SchemaCheck;
import dev.muster.config.command.SecretsOffice;
import dev.muster.config.command.http.DatabagOrders;
import dev.muster.config.command.http.FleetValuesEndpoint;
import dev.muster.config.command.http.LayerValuesEndpoint;
import dev.muster.config.command.http.RegistriesEndpoint;
import dev.muster.config.command.http.RegistryKeyEndpoint;
import dev.muster.config.engine.Engine;
import dev.muster.config.query.DatabagHistory;
import dev.muster.config.query.OutcomeIndex;
import dev.muster.config.query.RegistryDocuments;
import dev.muster.config.query.http.DatabagReads;
import dev.muster.config.query.http.FleetValueReads;
import dev.muster.config.query.http.LayerValueReads;
import dev.muster.config.query.http.RegistryReads;
import dev.muster.config.query.http.SecretReads;
import dev.muster.config.query.http.WantedReads;
import dev.muster.config.seals.VaultSeals;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Vault;
import dev.muster.registry.query.Offload;
import dev.muster.server.command.SecretsRecorder;
import java.util.concurrent.ExecutorService;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Registries of configuration: their engine, the seals of their secrets, who takes orders about them and who answers.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    RegistriesEndpoint.class,
    FleetValuesEndpoint.class,
    LayerValuesEndpoint.class,
    RegistryKeyEndpoint.class,
    RegistryReads.class,
    FleetValueReads.class,
    LayerValueReads.class,
    WantedReads.class
})
class ConfigWiring {

    @Bean
    RegistryEngine registryEngine() {
        return new Engine();
    }

    @Bean
    Seals seals(Vault vault) {
        return new VaultSeals(vault);
    }

    @Bean
    SecretsAudit secretsAudit(EventStore events, ExecutorService decisionThreads) {
        return new SecretsRecorder(events, decisionThreads);
    }

    @Bean
    SecretsOffice secretsOffice(Seals seals, Databags databags, Commands commands, SecretsAudit audit) {
        return new SecretsOffice(seals, databags, commands, audit);
    }

    @Bean
    SchemaCheck schemaCheck(RegistryEngine engine, Registries registries, Databags databags, Seals seals) {
        return new SchemaCheck(engine, registries, databags, seals);
    }

    @Bean
    Consequences consequences(Registries registries, Databags databags, Seals seals, History history) {
        return new Consequences(registries, databags, seals, history);
    }

    @Bean
    DatabagOrders databagOrders(
            Commands commands,
            Registries registries,
            Databags databags,
            Consequences consequences,
            Positions positions) {
        return new DatabagOrders(commands, registries, databags, consequences, positions);
    }

    @Bean
    RegistryDocuments registryDocuments() {
        return new RegistryDocuments();
    }

    @Bean
    DatabagHistory databagHistory(History history, Databags databags, OutcomeIndex outcomes) {
        return new DatabagHistory(history, databags, outcomes);
    }

    @Bean
    SecretReads secretReads(SecretsAudit audit) {
        return new SecretReads(audit);
    }

    @Bean
    DatabagReads databagReads(
            Registries registries,
            Databags databags,
            Seals seals,
            DatabagHistory history,
            SecretReads secretReads,
            Offload offload) {
        return new DatabagReads(registries, databags, seals, history, secretReads, offload);
    }
}
