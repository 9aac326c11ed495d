package dev.muster.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.TokenEvent.TokenRevoked;
import dev.muster.identity.UserEvent.RolesChanged;
import dev.muster.identity.UserEvent.UserDisabled;
import dev.muster.identity.UserId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

class GateTest {

    @AutoClose
    private static Slice slice;

    private static WebTestClient client;

    @BeforeAll
    static void start() {
        slice = new Slice();
        client = slice.client();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/things",
                "/api/v1/things/1?limit=1",
                "/api/v1/stream",
                "/api/v1/nope",
                "/actuator",
                "/actuator/health",
                "/actuator/prometheus",
                "/error",
                "/webjars/x.js",
                "/DEFAULT/controller/v1/x"
            })
    void withoutCredentialsNothingButTheOpenPathsAnswers(String path) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer realm=\"muster\"")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("identity.not-signed-in")
                .jsonPath("$.traceId")
                .isNotEmpty();
    }

    @Test
    void openRoutesAnswerEverybody() {
        client.get().uri("/api/v1/open").exchange().expectStatus().isOk();
        client.head().uri("/api/v1/open").exchange().expectStatus().isOk();
        client.get().uri("/docs/nothing-here").exchange().expectStatus().isNotFound();
    }

    @Test
    void openFilesAreForReadingOnly() {
        client.post().uri("/docs/x").exchange().expectStatus().isUnauthorized();
        client.delete().uri("/").exchange().expectStatus().isUnauthorized();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mst_", "mst_test0000_0000", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "x", "mst_ä"})
    void aWrongTokenIsRefusedEvenWhereNoneIsNeeded(String token) {
        client.get()
                .uri("/api/v1/open")
                .header("Authorization", "Bearer " + token)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void twoAuthorizationsAreNone() {
        String token = slice.token(Permission.DEVICES_READ);
        client.get()
                .uri("/api/v1/things")
                .header("Authorization", "Bearer " + token, "Bearer " + token)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void otherSchemesAreNoCredentials() {
        client.get()
                .uri("/api/v1/things")
                .headers(it -> it.setBasicAuth("admin", "admin"))
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void aTokenDoesWhatItsScopesAllow() {
        String reader = slice.token(Permission.DEVICES_READ);
        client.get()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(reader))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.actor")
                .value(actor -> assertThat(actor.toString()).startsWith("token:"));
        client.post()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(reader))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"x\"}")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("identity.not-allowed")
                .jsonPath("$.details.permission")
                .isEqualTo("devices-write");
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        client.get()
                .uri("/api/v1/things")
                .header("Authorization", "bEaReR " + slice.token(Permission.DEVICES_READ))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void aMissingPermissionIsToldBeforeTheBodyIsRead() {
        client.post()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(slice.token(Permission.DEVICES_READ)))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("this is no JSON")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void whoIsSignedInLearnsThatAPathOrMethodIsWrong() {
        String token = slice.token(Permission.DEVICES_READ);
        client.get()
                .uri("/api/v1/nope")
                .headers(it -> it.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isNotFound();
        client.put()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .exists("Allow");
        client.post()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(token))
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void whoIsNotSignedInLearnsItOfOpenPathsOnly() {
        client.put().uri("/api/v1/open").exchange().expectStatus().isEqualTo(405);
        client.put().uri("/api/v1/things").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void metricsNeedTheirPermission() {
        client.get()
                .uri("/actuator/prometheus")
                .headers(it -> it.setBearerAuth(slice.token(Permission.DEVICES_READ)))
                .exchange()
                .expectStatus()
                .isForbidden();
        client.get()
                .uri("/actuator/health")
                .headers(it -> it.setBearerAuth(slice.token(Permission.values())))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/things",
                "/api/v1/things;x=1",
                "/api/v1/open/..%2fthings",
                "/api/v1/%2e%2e/x",
                "/api/v1/open%00"
            })
    void crookedPathsNeverGetIn(String path) throws Exception {
        var response = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create("http://127.0.0.1:" + slice.port + path))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isIn(400, 401);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aRevokedOrExpiredTokenIsRefusedWithTheNextRequest() {
        Slice.Made token = slice.token(
                dev.muster.identity.command.Accounts.SYSTEM, EnumSet.of(Permission.DEVICES_READ), Duration.ofHours(1));
        get(token.text()).expectStatus().isOk();
        slice.happened(new TokenRevoked(token.id()));
        get(token.text()).expectStatus().isUnauthorized();
        Slice.Made old = slice.token(
                dev.muster.identity.command.Accounts.SYSTEM,
                EnumSet.of(Permission.DEVICES_READ),
                Duration.ofSeconds(-1));
        get(old.text()).expectStatus().isUnauthorized();
    }

    @Test
    void aTokenFollowsItsOwner() {
        UserId ann = slice.user(Role.OPERATOR);
        Slice.Made token = slice.token(ann, EnumSet.of(Permission.DEVICES_READ), Duration.ofHours(1));
        get(token.text()).expectStatus().isOk();
        slice.happened(new RolesChanged(ann, Set.of()));
        get(token.text()).expectStatus().isForbidden();
        slice.happened(new UserDisabled(ann));
        get(token.text()).expectStatus().isUnauthorized();
    }

    @Test
    void theTableNamesEveryRoute() {
        assertThat(slice.bean(Routes.class).table())
                .extracting(row -> row.method() + " " + row.pattern() + " " + row.rule())
                .contains(
                        "GET /api/v1/things Needs[permission=DEVICES_READ]",
                        "POST /api/v1/things Needs[permission=DEVICES_WRITE]",
                        "GET /api/v1/open Open[why=a test]");
    }

    @Test
    void aRouteThatSaysNothingStopsTheStart() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean(Silent.class);
            context.refresh();
            RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
            mapping.setApplicationContext(context);
            mapping.afterPropertiesSet();
            Routes routes = new Routes(mapping, SecuritySettings.defaults());
            assertThatThrownBy(routes::afterSingletonsInstantiated)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("neither @Requires nor @OpenToAll");
        }
    }

    @Test
    void optionsAndTraceAreNoWayIn() {
        client.options().uri("/api/v1/things").exchange().expectStatus().isUnauthorized();
        client.method(HttpMethod.valueOf("PROPFIND"))
                .uri("/api/v1/things")
                .exchange()
                .expectStatus()
                .is4xxClientError();
    }

    private static WebTestClient.ResponseSpec get(String token) {
        return client.get()
                .uri("/api/v1/things")
                .headers(it -> it.setBearerAuth(token))
                .exchange();
    }

    @RestController
    @ConditionalOnBooleanProperty("slice")
    static class Silent {
        @GetMapping("/silent")
        String say() {
            return "";
        }
    }
}
