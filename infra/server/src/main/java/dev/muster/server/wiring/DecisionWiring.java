package dev.muster.server.wiring;

import dev.muster.apps.command.AppRollout;
import dev.muster.apps.command.CataloguedApp;
import dev.muster.apps.command.DeviceProject;
import dev.muster.apps.command.EnrolledAgent;
import dev.muster.apps.command.InstalledApp;
import dev.muster.apps.command.NumberedAccount;
import dev.muster.apps.command.PlacedWish;
import dev.muster.config.Databags;
import dev.muster.config.Registries;
import dev.muster.config.RegistryEngine;
import dev.muster.config.Seals;
import dev.muster.config.command.ConfigRollout;
import dev.muster.config.command.DefinedRegistry;
import dev.muster.config.command.RegisteredAgent;
import dev.muster.config.command.SharedTarget;
import dev.muster.config.command.StoredDatabag;
import dev.muster.config.command.StoredSnapSettings;
import dev.muster.config.command.WishOutcome;
import dev.muster.identity.command.ApiToken;
import dev.muster.identity.command.User;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.lab.command.LendableBoard;
import dev.muster.lab.command.QueuedRequest;
import dev.muster.observe.command.DeviceEnrolment;
import dev.muster.observe.command.ObservabilityDocument;
import dev.muster.registry.command.Device;
import dev.muster.server.EventSerializer;
import dev.muster.server.MusterSettings;
import dev.muster.server.command.AxonCommands;
import dev.muster.server.command.BoundedCache;
import dev.muster.server.command.CommandTargets;
import dev.muster.server.command.RefusalRecorder;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.Fleet;
import dev.muster.updates.Numbers;
import dev.muster.updates.command.AutoAssignment;
import dev.muster.updates.command.BlockNumbers;
import dev.muster.updates.command.BulkAssignments;
import dev.muster.updates.command.DeviceActions;
import dev.muster.updates.command.DeviceReinstallations;
import dev.muster.updates.command.NumberSeries;
import dev.muster.updates.command.Release;
import dev.muster.updates.command.ReleaseOffers;
import dev.muster.updates.command.Rollout;
import dev.muster.updates.command.TenantSettings;
import dev.muster.updates.modes.command.DeviceFollowing;
import dev.muster.updates.modes.command.FeedRollout;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Aggregates and the bus that leads to them. Axon is configured by hand: its auto-configuration orders itself after
 * classes of an older Spring Boot and would silently leave parts out.
 */
@Configuration(proxyBeanMethods = false)
class DecisionWiring {

    private static final List<Class<?>> AGGREGATES = List.of(
            Device.class,
            DeviceActions.class,
            Release.class,
            Rollout.class,
            NumberSeries.class,
            AutoAssignment.class,
            TenantSettings.class,
            DeviceFollowing.class,
            FeedRollout.class,
            DeviceEnrolment.class,
            ObservabilityDocument.class,
            LendableBoard.class,
            QueuedRequest.class,
            DefinedRegistry.class,
            StoredDatabag.class,
            StoredSnapSettings.class,
            WishOutcome.class,
            RegisteredAgent.class,
            SharedTarget.class,
            ConfigRollout.class,
            DeviceProject.class,
            EnrolledAgent.class,
            NumberedAccount.class,
            CataloguedApp.class,
            PlacedWish.class,
            InstalledApp.class,
            AppRollout.class,
            User.class,
            ApiToken.class);

    /** What an event inherits from the command that led to it. */
    private static final SimpleCorrelationDataProvider PROVENANCE = new SimpleCorrelationDataProvider(
            Provenance.ACTOR,
            Provenance.ADDRESS,
            Provenance.COMMAND,
            Provenance.CORRELATION,
            Provenance.TRACEPARENT,
            Provenance.REASON);

    /** Decisions and the wait for their fsync run here, never on an event loop. */
    @Bean(destroyMethod = "close")
    ExecutorService decisionThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("decision-", 0).factory());
    }

    @Bean(initMethod = "start", destroyMethod = "shutdown")
    org.axonframework.config.Configuration axon(
            MusterSettings settings,
            EventStore events,
            EventSerializer serializer,
            Clock clock,
            Catalogue catalogue,
            RegistryEngine registryEngine,
            Registries registries,
            Databags databags,
            Seals seals,
            ExecutorService decisionThreads) {
        CommandTargets targets = new CommandTargets();
        BoundedCache cache = new BoundedCache(settings.commands().aggregatesCached());
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> serializer)
                .configureEventSerializer(c -> serializer)
                .configureMessageSerializer(c -> serializer)
                .configureEventStore(c -> events)
                .registerComponent(Clock.class, c -> clock)
                .registerComponent(Catalogue.class, c -> catalogue)
                .registerComponent(RegistryEngine.class, c -> registryEngine)
                .registerComponent(Registries.class, c -> registries)
                .registerComponent(Databags.class, c -> databags)
                .registerComponent(Seals.class, c -> seals)
                .configureCommandBus(c -> AsynchronousCommandBus.builder()
                        .executor(decisionThreads)
                        .messageMonitor(c.messageMonitor(CommandBus.class, "commandBus"))
                        .build());
        for (Class<?> aggregate : AGGREGATES) {
            configurer.configureAggregate(AggregateConfigurer.defaultConfiguration(aggregate)
                    .configureCache(c -> cache)
                    .configureCommandTargetResolver(c -> targets));
        }
        configurer.registerCommandHandler(c -> new BulkAssignments(c.repository(DeviceActions.class)));
        configurer.onInitialize(c -> c.onStart(() -> {
            c.commandBus().registerHandlerInterceptor(new CorrelationDataInterceptor<>(PROVENANCE));
            c.commandBus().registerHandlerInterceptor(new RefusalRecorder(events, decisionThreads));
        }));
        return configurer.buildConfiguration();
    }

    @Bean
    AxonCommands commands(org.axonframework.config.Configuration axon, MusterSettings settings) {
        return new AxonCommands(axon.commandBus(), settings.commands().inFlightMax());
    }

    @Bean
    BlockNumbers numbers(AxonCommands commands) {
        return new BlockNumbers(commands);
    }

    @Bean
    ReleaseOffers releaseOffers(Commands commands, Numbers numbers, CurrentSettings settings) {
        return new ReleaseOffers(commands, numbers, settings);
    }

    @Bean
    DeviceReinstallations reinstallations(
            Commands commands, ReleaseOffers offers, Fleet fleet, Catalogue catalogue, Positions positions) {
        return new DeviceReinstallations(commands, offers, fleet, catalogue, positions);
    }
}
