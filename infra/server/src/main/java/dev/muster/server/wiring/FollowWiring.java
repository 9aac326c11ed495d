package dev.muster.server.wiring;

import dev.muster.config.DeviceGroups;
import dev.muster.config.Registries;
import dev.muster.config.Seals;
import dev.muster.config.SecretsAudit;
import dev.muster.config.Wishes;
import dev.muster.config.follow.FollowHandler;
import dev.muster.config.follow.FollowMetrics;
import dev.muster.config.follow.FollowPorts;
import dev.muster.config.follow.FollowSettings;
import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.registry.Heartbeats;
import dev.muster.server.MusterSettings;
import dev.muster.server.http.TrustedProxies;
import dev.muster.updates.ddi.Desk;
import dev.muster.updates.ddi.DeskTokens;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The wire on which devices follow their wishes. Their tokens are those of the update protocol, and lie on its desk.
 */
@Configuration(proxyBeanMethods = false)
class FollowWiring {

    @Bean
    FollowMetrics followMetrics() {
        return new FollowMetrics();
    }

    /** Tests bring one that is less patient. */
    @Bean
    @ConditionalOnMissingBean
    FollowSettings followSettings() {
        return FollowSettings.DEFAULTS;
    }

    /** Before the wire of the registries' agents, which has all of {@code /registries} but this. */
    @Bean
    @Order(0)
    EndingDoor followDoor(
            MusterSettings settings,
            Registries registries,
            Wishes wishes,
            DeviceGroups devices,
            Seals seals,
            SecretsAudit audit,
            Desk desk,
            BearerTokens tokens,
            Commands commands,
            Heartbeats heartbeats,
            Clock clock,
            FollowSettings follow,
            FollowMetrics metrics) {
        TrustedProxies proxies = TrustedProxies.orUsual(settings.ddi().trustedProxies());
        FollowPorts ports = new FollowPorts(
                registries,
                wishes,
                devices,
                seals,
                audit,
                new DeskTokens(desk)::actorOf,
                tokens,
                commands,
                heartbeats,
                proxies::addressOf,
                clock);
        FollowHandler handler = new FollowHandler(ports, follow, metrics);
        return new EndingDoor(handler::serves, handler::handle, handler::close);
    }
}
