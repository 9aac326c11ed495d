package dev.muster.server.wiring;

import dev.muster.config.Agents;
import dev.muster.config.ConfigTarget;
import dev.muster.config.poc.Peers;
import dev.muster.config.poc.PocHandler;
import dev.muster.config.poc.PocPorts;
import dev.muster.config.poc.PocSettings;
import dev.muster.config.query.AgentIndex;
import dev.muster.config.query.TargetIndex;
import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.registry.Heartbeats;
import dev.muster.server.MusterSettings;
import dev.muster.server.http.Networks;
import dev.muster.server.http.OwnListener;
import dev.muster.server.http.TrustedProxies;
import dev.muster.server.overview.PocMetrics;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** The configuration server of the registries proof of concept: what it knows, and the doors of its wire. */
@Configuration(proxyBeanMethods = false)
class PocWiring {

    private static final String BASE = "/registries";
    private static final String ADDRESS = "muster.registries.address";

    @Bean
    AgentIndex agentIndex() {
        return new AgentIndex();
    }

    @Bean
    TargetIndex targetIndex() {
        return new TargetIndex();
    }

    @Bean
    PocFolds pocFolds(AgentIndex agents, TargetIndex target) {
        return new PocFolds(agents, target);
    }

    @Bean
    PocHandler pocHandler(
            MusterSettings settings,
            Agents agents,
            ConfigTarget target,
            Commands commands,
            Positions positions,
            Heartbeats heartbeats,
            BearerTokens tokens,
            Clock clock) {
        return new PocHandler(
                new PocPorts(
                        agents,
                        target,
                        commands,
                        positions,
                        heartbeats,
                        tokens,
                        peers(
                                settings.ddi().trustedProxies(),
                                settings.registries().trustedNetworks()),
                        clock),
                PocSettings.DEFAULTS);
    }

    @Bean
    DeviceWire pocWire(PocHandler handler) {
        PocHandler.Door door = handler.at(BASE);
        return new DeviceWire() {
            @Override
            public boolean serves(ServerHttpRequest request) {
                return door.serves(request);
            }

            @Override
            public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
                return door.handle(request, response);
            }
        };
    }

    /** The proof of concept's programs have an address built in, without anything before their paths. */
    @Bean
    @Order(20)
    @ConditionalOnProperty(ADDRESS)
    OwnListener pocListener(MusterSettings settings, PocHandler handler) {
        String address = settings.registries().address();
        if (address == null) {
            throw new IllegalStateException(ADDRESS + " is empty");
        }
        return new OwnListener(
                "Configuration server for agents", OwnListener.addressOf(ADDRESS, address), handler.at(""));
    }

    @Bean
    PocMetrics pocMetrics(Agents agents, ConfigTarget target, PocHandler handler) {
        return new PocMetrics(agents, target, handler.counts());
    }

    private static Peers peers(List<String> trustedProxies, List<String> trustedNetworks) {
        TrustedProxies proxies = TrustedProxies.orUsual(trustedProxies);
        Networks trusted = new Networks(trustedNetworks);
        return new Peers() {
            @Override
            public @Nullable InetAddress clientOf(ServerHttpRequest request) {
                return proxies.addressOf(request);
            }

            @Override
            public boolean isSecure(ServerHttpRequest request) {
                return proxies.isSecure(request);
            }

            @Override
            public boolean isTrusted(InetAddress client) {
                return trusted.contains(client);
            }
        };
    }
}
