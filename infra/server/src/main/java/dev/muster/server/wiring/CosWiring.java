package dev.muster.server.wiring;

import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.observe.ApplicationLinks;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.Documents;
import dev.muster.observe.EnrolmentOrders;
import dev.muster.observe.Enrolments;
import dev.muster.observe.JsonFormatter;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.cos.CosHandler;
import dev.muster.observe.cos.CosPorts;
import dev.muster.observe.cos.CosSettings;
import dev.muster.observe.cos.Peers;
import dev.muster.server.MusterSettings;
import dev.muster.server.http.Networks;
import dev.muster.server.http.TrustedProxies;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** The wire of the COS registration server, for its agents and its charm. */
@Configuration(proxyBeanMethods = false)
class CosWiring {

    @Bean
    DeviceWire cosWire(
            MusterSettings settings,
            Enrolments enrolments,
            EnrolmentOrders orders,
            Documents documents,
            DocumentTexts texts,
            RuleFiles ruleFiles,
            JsonFormatter jsonFormatter,
            ApplicationLinks links,
            Commands commands,
            Positions positions,
            BearerTokens tokens,
            Clock clock) {
        MusterSettings.Cos cos = settings.cos();
        CosHandler handler = new CosHandler(
                new CosPorts(
                        enrolments,
                        orders,
                        documents,
                        texts,
                        ruleFiles,
                        jsonFormatter,
                        links,
                        commands,
                        positions,
                        tokens,
                        peers(settings.ddi().trustedProxies(), cos.trustedNetworks()),
                        clock),
                CosSettings.DEFAULTS.with(cos.prefix(), cos.allowedHosts(), cos.tokenMemory()));
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

    private static Peers peers(List<String> trustedProxies, List<String> trustedNetworks) {
        TrustedProxies proxies = TrustedProxies.orUsual(trustedProxies);
        Networks trusted = new Networks(trustedNetworks);
        return new Peers() {
            @Override
            public @Nullable InetAddress clientOf(ServerHttpRequest request) {
                return proxies.addressOf(request);
            }

            @Override
            public boolean isProxied(ServerHttpRequest request) {
                return proxies.isProxied(request);
            }

            @Override
            public boolean isTrusted(InetAddress client) {
                return trusted.contains(client);
            }
        };
    }
}
