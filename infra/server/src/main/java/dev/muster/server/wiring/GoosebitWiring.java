package dev.muster.server.wiring;

import dev.muster.identity.AccountBook;
import dev.muster.identity.BearerTokens;
import dev.muster.identity.SignIns;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.Credentials;
import dev.muster.identity.command.People;
import dev.muster.identity.command.Sessions;
import dev.muster.identity.command.SetupLink;
import dev.muster.identity.command.SignIn;
import dev.muster.identity.command.UserOffice;
import dev.muster.identity.command.WireAccounts;
import dev.muster.identity.command.WireSignIns;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.Heartbeats;
import dev.muster.server.MusterSettings;
import dev.muster.server.http.TrustedProxies;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.Numbers;
import dev.muster.updates.ReleaseIntake;
import dev.muster.updates.UrlPasswords;
import dev.muster.updates.command.http.BundleIntake;
import dev.muster.updates.command.http.Fetches;
import dev.muster.updates.command.http.ReleaseAssembly;
import dev.muster.updates.command.http.ReleaseFiles;
import dev.muster.updates.command.http.Uploads;
import dev.muster.updates.ddi.DdiSettings;
import dev.muster.updates.ddi.Desk;
import dev.muster.updates.ddi.DeskTokens;
import dev.muster.updates.ddi.OutsideTrust;
import dev.muster.updates.goosebit.GoosebitHandler;
import dev.muster.updates.goosebit.GoosebitPorts;
import dev.muster.updates.goosebit.GoosebitSettings;
import dev.muster.updates.goosebit.OutsideTokens;
import dev.muster.updates.goosebit.Peers;
import dev.muster.updates.modes.FeedRollouts;
import dev.muster.updates.modes.Followings;
import dev.muster.updates.modes.HardwareRows;
import dev.muster.updates.modes.SoftwareShelf;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** gooseBit's surface, and the doors through which its people and bundles come in. */
@Configuration(proxyBeanMethods = false)
class GoosebitWiring {

    @Bean
    SignIns wireSignIns(
            SignIn signIn, Sessions sessions, Credentials credentials, SetupLink link, Accounts accounts, Clock clock) {
        return new WireSignIns(signIn, sessions, credentials, link, accounts, clock);
    }

    @Bean
    AccountBook wireAccounts(Accounts accounts, People people, UserOffice office, Clock clock) {
        return new WireAccounts(accounts, people, office, clock);
    }

    @Bean
    ReleaseIntake bundleIntake(
            Uploads uploads,
            ReleaseFiles files,
            Fetches fetches,
            ReleaseAssembly assembly,
            Catalogue catalogue,
            SoftwareShelf shelf,
            FeedRollouts rollouts,
            UrlPasswords passwords,
            Commands commands,
            Positions positions) {
        return new BundleIntake(
                uploads, files, fetches, assembly, catalogue, shelf, rollouts, passwords, commands, positions);
    }

    @Bean
    GoosebitHandler goosebitHandler(
            MusterSettings settings,
            DdiSettings ddi,
            Commands commands,
            Positions positions,
            Heartbeats heartbeats,
            Numbers numbers,
            CurrentSettings rules,
            Fleet fleet,
            DeviceDirectory directory,
            Followings followings,
            SoftwareShelf shelf,
            FeedRollouts rollouts,
            HardwareRows hardware,
            MaintenanceWindows windows,
            ArtifactStore artifacts,
            UrlPasswords passwords,
            ReleaseIntake intake,
            Desk desk,
            SignIns signIns,
            AccountBook book,
            Accounts accounts,
            BearerTokens bearers,
            Clock clock) {
        DeskTokens tokens = new DeskTokens(desk);
        OutsideTrust outside = new OutsideTrust(ddi, clock);
        GoosebitPorts ports = new GoosebitPorts(
                commands,
                positions,
                heartbeats,
                numbers,
                rules,
                fleet,
                directory,
                followings,
                shelf,
                rollouts,
                hardware,
                windows,
                artifacts,
                passwords,
                intake,
                (device, token) -> tokens.actorOf(device, "TargetToken " + token) != null,
                (service, token, device) -> outside.judge(service, token, device)
                        .map(said -> new OutsideTokens.Verdict(said.good(), said.unreachable())),
                signIns,
                book,
                accounts,
                bearers,
                peers(TrustedProxies.orUsual(settings.ddi().trustedProxies())),
                clock);
        return new GoosebitHandler(ports, settings(settings));
    }

    private static GoosebitSettings settings(MusterSettings settings) {
        MusterSettings.Goosebit own = settings.goosebit();
        return GoosebitSettings.of(
                own.tenants().isEmpty() ? List.of(settings.tenant()) : own.tenants(),
                own.deviceAuth(),
                own.setup(),
                settings.modes().runningMax(),
                own.metrics(),
                settings.data().resolve("goosebit-uploads"),
                settings.artifacts().sizeMax());
    }

    private static Peers peers(TrustedProxies proxies) {
        return new Peers() {
            @Override
            public @Nullable InetAddress clientOf(ServerHttpRequest request) {
                return proxies.addressOf(request);
            }

            @Override
            public boolean isSecure(ServerHttpRequest request) {
                return proxies.isSecure(request);
            }
        };
    }

    @Bean
    DeviceWire goosebitWire(GoosebitHandler handler) {
        return new DeviceWire() {
            @Override
            public boolean serves(ServerHttpRequest request) {
                return handler.serves(request);
            }

            @Override
            public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
                return handler.handle(request, response);
            }
        };
    }
}
