package dev.muster.server.http;

import dev.muster.kernel.Positions;
import dev.muster.kernel.RequestIds;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Wires the manners of HTTP. It needs from outside: {@link HttpSettings}, {@link Positions}, {@link IdempotencyRecords}
 * and {@link Clock}.
 */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    /** Not a bean of type {@link JsonMapper}: nothing but HTTP may pick it up by type. */
    private static final JsonMapper JSON = HttpJson.mapper();

    /** After Spring Boot's own configurer, which stands at 0 and sets its mapper. */
    @Bean
    @Order(100)
    WebFluxConfigurer httpCodecs(HttpSettings settings) {
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.defaultCodecs().maxInMemorySize(settings.bodyBytesMax());
                codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(JSON));
                codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(JSON));
            }
        };
    }

    @Bean
    Problems problems(HttpSettings settings) {
        return new Problems(settings);
    }

    @Bean
    ProblemHandler problemHandler(Problems problems) {
        return new ProblemHandler(problems, JSON);
    }

    @Bean
    TrustedProxies trustedProxies(HttpSettings settings) {
        return new TrustedProxies(settings.trustedProxies());
    }

    @Bean
    ArrivalFilter arrivalFilter(TrustedProxies proxies) {
        return new ArrivalFilter(proxies);
    }

    @Bean
    PositionFilter positionFilter(Positions positions, HttpSettings settings) {
        return new PositionFilter(positions, settings);
    }

    @Bean
    IdempotencyFilter idempotencyFilter(IdempotencyRecords records, HttpSettings settings, Clock clock) {
        return new IdempotencyFilter(records, settings, clock);
    }

    @Bean
    RequestIds requestIds(Clock clock) {
        return new KeyedRequestIds(clock);
    }
}
