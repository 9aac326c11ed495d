package dev.muster.server.wiring;

import dev.muster.config.Databags;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Registries;
import dev.muster.config.Seals;
import dev.muster.config.SecretsAudit;
import dev.muster.config.SnapSettingsBook;
import dev.muster.config.snapd.ConfdbHandler;
import dev.muster.config.snapd.ConfdbPorts;
import dev.muster.config.snapd.ConfdbSettings;
import dev.muster.config.snapd.DeviceSocket;
import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import dev.muster.server.MusterSettings;
import dev.muster.server.http.TrustedProxies;
import dev.muster.updates.ddi.Desk;
import dev.muster.updates.ddi.DeskTokens;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The wire of devices' own programs: views of registries and settings of snaps, as snapd has them. */
@Configuration(proxyBeanMethods = false)
class ConfdbWiring {

    /** Before the wire of the registries' agents, which has all of {@code /registries} but this and a few others. */
    @Bean
    @Order(0)
    ConfdbDoors confdbDoors(
            MusterSettings settings,
            Registries registries,
            Databags databags,
            SnapSettingsBook snapSettings,
            DeviceGroups devices,
            Seals seals,
            SecretsAudit audit,
            Desk desk,
            BearerTokens tokens,
            Commands commands,
            Positions positions,
            Heartbeats heartbeats,
            Clock clock) {
        TrustedProxies proxies = TrustedProxies.orUsual(settings.ddi().trustedProxies());
        ConfdbPorts ports = new ConfdbPorts(
                registries,
                databags,
                snapSettings,
                devices,
                seals,
                audit,
                new DeskTokens(desk)::actorOf,
                tokens,
                commands,
                positions,
                heartbeats,
                proxies::addressOf,
                clock);
        MusterSettings.Registries set = settings.registries();
        ConfdbHandler handler = new ConfdbHandler(ports, ConfdbSettings.DEFAULTS.as(set.confdb()));
        return new ConfdbDoors(
                handler, set.sockets().stream().map(each -> socket(each, set)).toList());
    }

    private static DeviceSocket socket(MusterSettings.Socket set, MusterSettings.Registries all) {
        return new DeviceSocket(
                set.path(),
                new DeviceId(set.device()),
                set.shared(),
                set.confdb() == null ? all.confdb() : set.confdb());
    }
}
