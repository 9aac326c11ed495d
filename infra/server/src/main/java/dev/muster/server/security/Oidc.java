package dev.muster.server.security;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Role;
import dev.muster.identity.command.SignedIn;
import dev.muster.kernel.Ids;
import dev.muster.server.security.SecuritySettings.OidcSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Access tokens of an OpenID Connect provider, checked as a resource server: signature by the provider's published
 * keys, issuer, audience, times. The provider is asked when the first token comes, so a server starts without it. In
 * history a person of the provider is a pseudonym made of issuer and subject; the subject itself may be a mail address.
 */
public final class Oidc {

    private static final Duration DECODE_WAIT_MAX = Duration.ofSeconds(5);

    private final OidcSettings settings;
    private final ReactiveJwtDecoder decoder;
    private final Clock clock;

    public Oidc(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.decoder = new SupplierReactiveJwtDecoder(() -> decoder(settings));
    }

    private static ReactiveJwtDecoder decoder(OidcSettings settings) {
        NimbusReactiveJwtDecoder decoder =
                NimbusReactiveJwtDecoder.withIssuerLocation(settings.issuer()).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(settings.issuer()),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(settings.audience())),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtClaimValidator<String>(JwtClaimNames.SUB, subject -> subject != null && !subject.isBlank())));
        return decoder;
    }

    /** Who a token belongs to and how to ask again; refuses what does not verify. */
    Mono<Proof> verified(String token) {
        return decoder.decode(token)
                .timeout(DECODE_WAIT_MAX)
                .map(this::proof)
                .onErrorMap(
                        JwtException.class,
                        e -> IdentityRefusal.NOT_SIGNED_IN.because(
                                "This token of the identity provider is not valid."));
    }

    /** @param again empty once the token has expired */
    record Proof(SignedIn who, Supplier<Optional<SignedIn>> again) {}

    private Proof proof(Jwt jwt) {
        SignedIn who = SignedIn.person(
                Caller.Kind.OIDC,
                Ids.named(settings.issuer(), Objects.requireNonNull(jwt.getSubject(), "the decoder demands it")),
                jwt.getClaimAsString(settings.nameClaim()),
                roles(jwt));
        Instant expires = jwt.getExpiresAt();
        return new Proof(
                who, () -> expires != null && clock.instant().isBefore(expires) ? Optional.of(who) : Optional.empty());
    }

    private Set<Role> roles(Jwt jwt) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names(jwt.getClaims(), settings.rolesClaim()).flatMap(this::role).forEach(roles::add);
        return roles;
    }

    private Stream<Role> role(String name) {
        Role named = settings.roleNames().get(name);
        return named != null
                ? Stream.of(named)
                : Arrays.stream(Role.values()).filter(role -> role.wireName().equals(name));
    }

    /** The texts of a claim: a list, or words in one text as {@code scope} has them. */
    private static Stream<String> names(Map<String, Object> claims, String path) {
        @Nullable Object value = claims;
        for (String step : List.of(path.split("\\."))) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return switch (value) {
            case null -> Stream.empty();
            case Collection<?> many ->
                many.stream().filter(String.class::isInstance).map(String.class::cast);
            case String words -> Stream.of(words.split(" "));
            default -> Stream.empty();
        };
    }
}
