package dev.muster.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.muster.identity.Role;
import dev.muster.kernel.Ids;
import dev.muster.server.http.HttpSettings;
import dev.muster.server.security.SecuritySettings.OidcSettings;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

class OidcTest {

    private static MockOAuth2Server provider;
    private static Slice slice;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        provider = new MockOAuth2Server();
        provider.start();
        String issuer = provider.issuerUrl("site").toString();
        slice = new Slice(
                SecuritySettings.defaults()
                        .withOidc(new OidcSettings(
                                issuer,
                                "muster",
                                "realm_access.roles",
                                Map.of("fleet-people", Role.OPERATOR),
                                "preferred_username")),
                HttpSettings.defaults());
        client = slice.client();
    }

    @AfterAll
    static void stop() {
        slice.close();
        provider.shutdown();
    }

    @Test
    void aTokenOfTheProviderActsWithItsRolesUnderAPseudonym() {
        String token = token("site", "ann@example.org", "muster", List.of("fleet-people", "something-else"), 3600);
        String pseudonym = Ids.named(provider.issuerUrl("site").toString(), "ann@example.org")
                .toString();
        get(token).expectStatus().isOk().expectBody().jsonPath("$.actor").isEqualTo("oidc:" + pseudonym);
        assertThat(slice.sample.provenance.toString()).doesNotContain("ann@example.org");
    }

    @Test
    void wireNamesOfRolesNeedNoMapping() {
        get(token("site", "bob", "muster", List.of("viewer"), 3600))
                .expectStatus()
                .isOk();
    }

    @Test
    void withoutARoleThereIsNothingToDo() {
        get(token("site", "bob", "muster", List.of(), 3600)).expectStatus().isForbidden();
    }

    @Test
    void otherAudiencesIssuersAndTimesAreRefused() {
        get(token("site", "bob", "other", List.of("viewer"), 3600))
                .expectStatus()
                .isUnauthorized();
        get(token("elsewhere", "bob", "muster", List.of("viewer"), 3600))
                .expectStatus()
                .isUnauthorized();
        get(token("site", "bob", "muster", List.of("viewer"), -3600))
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aTokenSomeoneChangedIsRefused() {
        String good = token("site", "bob", "muster", List.of("viewer"), 3600);
        String other = token("site", "eve", "muster", List.of("admin"), 3600);
        String forged = good.split("\\.")[0] + "." + other.split("\\.")[1] + "." + good.split("\\.")[2];
        get(forged)
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("identity.not-signed-in");
        String unsigned = "eyJhbGciOiJub25lIn0." + good.split("\\.")[1] + ".";
        get(unsigned).expectStatus().isUnauthorized();
        get("a.b.c").expectStatus().isUnauthorized();
        get("x".repeat(20_000)).expectStatus().is4xxClientError();
    }

    @Test
    void aProviderThatIsAwayRefusesTokensAndNothingElse() {
        try (Slice alone = new Slice(
                SecuritySettings.defaults().withOidc(OidcSettings.of("http://127.0.0.1:9/none")),
                HttpSettings.defaults())) {
            alone.client().get().uri("/api/v1/open").exchange().expectStatus().isOk();
            alone.client()
                    .get()
                    .uri("/api/v1/things")
                    .headers(it -> it.setBearerAuth(token("site", "bob", "muster", List.of("viewer"), 3600)))
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isIn(401, 503));
        }
    }

    private static WebTestClient.ResponseSpec get(String token) {
        return client.get()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(token))
                .exchange();
    }

    private static String token(String issuer, String subject, String audience, List<String> roles, long life) {
        SignedJWT jwt = provider.issueToken(
                issuer,
                "client",
                new DefaultOAuth2TokenCallback(
                        issuer,
                        subject,
                        "JWT",
                        List.of(audience),
                        Map.of("realm_access", Map.of("roles", roles), "preferred_username", subject),
                        life));
        return jwt.serialize();
    }
}
