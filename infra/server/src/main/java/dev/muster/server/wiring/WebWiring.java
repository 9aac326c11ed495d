package dev.muster.server.wiring;

import dev.muster.identity.Role;
import dev.muster.identity.command.AdminToken;
import dev.muster.identity.command.IdentitySettings;
import dev.muster.identity.command.IdentityStart;
import dev.muster.identity.command.http.Edition;
import dev.muster.identity.command.http.IdentityConfiguration;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.overview.view.Projections;
import dev.muster.registry.command.SilenceWatch;
import dev.muster.registry.command.http.BulkRegistrationEndpoint;
import dev.muster.registry.command.http.DevicesEndpoint;
import dev.muster.server.AfterHistory;
import dev.muster.server.MusterSettings;
import dev.muster.server.Readiness;
import dev.muster.server.Startup;
import dev.muster.server.http.HttpJson;
import dev.muster.server.http.HttpSettings;
import dev.muster.server.http.IdempotencyRecords;
import dev.muster.server.log.LogTail;
import dev.muster.server.overview.ConsoleFiles;
import dev.muster.server.policy.DurableTimers;
import dev.muster.server.policy.Policies;
import dev.muster.server.security.SecuritySettings;
import dev.muster.server.security.SecuritySettings.OidcSettings;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.IdempotencyTable;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.Numbers;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.RolloutOutcomes;
import dev.muster.updates.command.http.ArtifactsEndpoint;
import dev.muster.updates.command.http.AssignmentsEndpoint;
import dev.muster.updates.command.http.AutoAssignmentsEndpoint;
import dev.muster.updates.command.http.HoldsEndpoint;
import dev.muster.updates.command.http.ReleaseAssembly;
import dev.muster.updates.command.http.ReleasesEndpoint;
import dev.muster.updates.command.http.RolloutAssembly;
import dev.muster.updates.command.http.RolloutsEndpoint;
import dev.muster.updates.command.http.SettingsEndpoint;
import dev.muster.updates.command.http.Uploads;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Endpoints that take orders, and what HTTP needs around them. */
@Configuration(proxyBeanMethods = false)
@Import({
    IdentityConfiguration.class,
    DevicesEndpoint.class,
    ArtifactsEndpoint.class,
    ReleasesEndpoint.class,
    RolloutsEndpoint.class,
    AssignmentsEndpoint.class,
    AutoAssignmentsEndpoint.class,
    HoldsEndpoint.class,
    SettingsEndpoint.class
})
class WebWiring {

    @Bean
    Startup startup(
            MusterSettings settings,
            Readiness readiness,
            LogTail tail,
            Positions positions,
            Projections views,
            Policies policies,
            DurableTimers timers,
            IdentityStart identity,
            AdminToken adminToken,
            SilenceWatch silence,
            ObjectProvider<AfterHistory> beginnings,
            ObjectProvider<WhenReady> whenReady) {
        // It gives orders, which know positions, which know the reader: so it joins the reader's folds last.
        tail.add(silence);
        return new Startup(
                settings,
                readiness,
                tail,
                positions,
                views,
                policies,
                timers,
                identity,
                adminToken,
                beginnings.orderedStream().toList(),
                () -> whenReady.orderedStream().forEach(WhenReady::run));
    }

    /** Something that begins once people and devices are let in. */
    interface WhenReady extends Runnable {}

    @Bean
    Edition edition(MusterSettings settings, ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? "development" : properties.getVersion();
        return new Edition(settings.demo(), version == null ? "development" : version);
    }

    @Bean
    IdentitySettings identitySettings() {
        return IdentitySettings.defaults();
    }

    @Bean
    HttpSettings httpSettings(MusterSettings settings) {
        return HttpSettings.defaults().withTrustedProxies(settings.ddi().trustedProxies());
    }

    @Bean
    SecuritySettings securitySettings(MusterSettings settings) {
        List<String> open = new ArrayList<>(SecuritySettings.defaults().openPaths());
        open.addAll(ConsoleFiles.PAGES);
        open.addAll(ConsoleFiles.FILES);
        return SecuritySettings.defaults()
                .withOpenPaths(open.stream().distinct().toList())
                .withOidc(oidc(settings.oidc()));
    }

    private static @Nullable OidcSettings oidc(MusterSettings.@Nullable Oidc oidc) {
        if (oidc == null) {
            return null;
        }
        Map<String, Role> roles = new HashMap<>();
        oidc.roleNames().forEach((theirs, ours) -> roles.put(theirs, Role.named(ours)));
        return new OidcSettings(oidc.issuer(), oidc.audience(), oidc.rolesClaim(), roles, oidc.nameClaim());
    }

    @Bean
    IdempotencyRecords idempotencyRecords(EmbeddedStore store) {
        IdempotencyTable table = new IdempotencyTable(store);
        return new IdempotencyRecords() {
            @Override
            public Optional<byte[]> get(String key) {
                return table.get(key);
            }

            @Override
            public void put(String key, byte[] value, Instant expires) {
                table.put(key, value, expires);
            }
        };
    }

    @Bean
    BulkRegistrationEndpoint bulkRegistration(Commands commands) {
        return new BulkRegistrationEndpoint(commands, HttpJson.mapper());
    }

    @Bean
    ReleaseAssembly releaseAssembly(Uploads uploads, Numbers numbers) {
        return new ReleaseAssembly(uploads, numbers);
    }

    @Bean
    RolloutAssembly rolloutAssembly(
            Catalogue catalogue,
            Fleet fleet,
            MaintenanceWindows windows,
            RolloutMemberships rollouts,
            RolloutOutcomes outcomes,
            CurrentSettings current,
            Clock clock) {
        return new RolloutAssembly(catalogue, fleet, windows, rollouts, outcomes, current, clock);
    }
}
