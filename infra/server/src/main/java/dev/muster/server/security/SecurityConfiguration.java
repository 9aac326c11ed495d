package dev.muster.server.security;

import dev.muster.identity.command.Credentials;
import dev.muster.server.http.ProblemHandler;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.header.CrossOriginOpenerPolicyServerHttpHeadersWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.server.header.CrossOriginResourcePolicyServerHttpHeadersWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/**
 * Wires the guard. It needs from outside: {@link SecuritySettings}, {@link Credentials}, {@link Clock} and what
 * {@code HttpConfiguration} makes.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class SecurityConfiguration {

    @Bean
    Routes routes(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            SecuritySettings settings) {
        return new Routes(mapping, settings);
    }

    /**
     * The chain is not observed filter by filter: that was a quarter of what a request costs, and tells nobody anything
     * that the request's own observation does not.
     */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    Revocations revocations(SecuritySettings settings) {
        return new Revocations(settings.revocationInterval());
    }

    /** Spring's own log-ins are all off; this keeps Spring Boot from inventing a user with a password in the log. */
    @Bean
    ReactiveAuthenticationManager nobody() {
        return authentication -> Mono.error(new BadCredentialsException("nobody signs in this way"));
    }

    @Bean
    ServerExchangeRejectedHandler firewallProblems(ProblemHandler problems) {
        return (exchange, rejected) -> problems.write(
                exchange, HttpStatus.BAD_REQUEST, "The address or a header of this request is malformed.");
    }

    @Bean
    SecurityWebFilterChain securityWebFilterChain(
            ServerHttpSecurity http,
            Routes routes,
            Credentials credentials,
            Revocations revocations,
            SecuritySettings settings,
            Clock clock) {
        Oidc oidc = settings.oidc() == null ? null : new Oidc(settings.oidc(), clock);
        return http.csrf(CsrfSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .logout(LogoutSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(headers -> headers.contentSecurityPolicy(
                                csp -> csp.policyDirectives(settings.contentSecurityPolicy()))
                        .frameOptions(frames -> frames.mode(Mode.DENY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                        .hsts(hsts -> hsts.maxAge(Duration.ofDays(365)).includeSubdomains(false)))
                .addFilterAt(new SignInFilter(credentials, oidc, revocations), SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(any -> any.anyExchange().access(new Gate(routes)))
                .build();
    }
}
