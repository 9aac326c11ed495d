package dev.muster.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.UserEvent.UserDisabled;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Sessions;
import dev.muster.kernel.Provenance;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class SessionGuardTest {

    @AutoClose
    private static Slice slice;

    private static WebTestClient client;

    @BeforeAll
    static void start() {
        slice = new Slice(
                SecuritySettings.defaults(),
                dev.muster.server.http.HttpSettings.defaults()
                        .withTrustedProxies(java.util.List.of("127.0.0.1", "10.0.0.0/8")));
        client = slice.client();
    }

    @Test
    void aSessionReadsWithItsCookieAlone() {
        UserId ann = slice.user(Role.VIEWER);
        client.get()
                .uri("/api/v1/things")
                .cookie("MUSTER_SESSION", slice.session(ann).cookie())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.actor")
                .isEqualTo("user:" + ann);
    }

    @Test
    void aChangeWithACookieNeedsTheTokenOfThisSession() {
        Sessions.Opened one = slice.session(slice.user(Role.OPERATOR));
        Sessions.Opened other = slice.session(slice.user(Role.OPERATOR));
        post(one, headers -> {})
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("identity.csrf-missing");
        post(one, headers -> headers.set("X-XSRF-TOKEN", "")).expectStatus().isForbidden();
        post(one, headers -> headers.set("X-XSRF-TOKEN", other.csrf()))
                .expectStatus()
                .isForbidden();
        post(one, headers -> headers.set("X-XSRF-TOKEN", one.csrf()))
                .expectStatus()
                .isCreated();
    }

    @Test
    void aCookieThatIsOverCountsAsNone() {
        client.get()
                .uri("/api/v1/open")
                .cookie("MUSTER_SESSION", "0".repeat(64))
                .exchange()
                .expectStatus()
                .isOk();
        client.get()
                .uri("/api/v1/things")
                .cookie("MUSTER_SESSION", "0".repeat(64))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.post()
                .uri("/api/v1/open")
                .cookie("MUSTER_SESSION", "0".repeat(64))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"x\"}")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void theTokenWinsOverTheCookie() {
        client.post()
                .uri("/api/v1/things")
                .cookie("MUSTER_SESSION", slice.session(slice.user(Role.VIEWER)).cookie())
                .headers(it -> it.setBearerAuth(slice.token(Permission.DEVICES_WRITE)))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"x\"}")
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @Test
    void aDisabledUsersSessionIsOverWithTheNextRequest() {
        UserId ann = slice.user(Role.VIEWER);
        Sessions.Opened session = slice.session(ann);
        slice.happened(new UserDisabled(ann));
        client.get()
                .uri("/api/v1/things")
                .cookie("MUSTER_SESSION", session.cookie())
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void everyAnswerCarriesTheHeadersThatTameABrowser() {
        for (String path : new String[] {"/api/v1/open", "/api/v1/things", "/api/v1/fail/refused", "/docs/none"}) {
            client.get()
                    .uri(path)
                    .exchange()
                    .expectHeader()
                    .value("Content-Security-Policy", csp -> assertThat(csp)
                            .contains("default-src 'self'")
                            .contains("frame-ancestors 'none'"))
                    .expectHeader()
                    .valueEquals("X-Content-Type-Options", "nosniff")
                    .expectHeader()
                    .valueEquals("Cross-Origin-Opener-Policy", "same-origin")
                    .expectHeader()
                    .valueEquals("Cross-Origin-Resource-Policy", "same-origin")
                    .expectHeader()
                    .valueEquals("Referrer-Policy", "no-referrer")
                    .expectHeader()
                    .doesNotExist("Strict-Transport-Security");
        }
    }

    @Test
    void behindAProxyThatSpokeTlsTheBrowserIsToldToStayWithIt() {
        client.get()
                .uri("/api/v1/open")
                .header("X-Forwarded-Proto", "https")
                .exchange()
                .expectHeader()
                .valueMatches("Strict-Transport-Security", "max-age=31536000.*");
    }

    @Test
    void commandsCarryWhoFromWhereAndWhy() {
        UserId ann = slice.user(Role.VIEWER);
        client.get()
                .uri("/api/v1/things")
                .cookie("MUSTER_SESSION", slice.session(ann).cookie())
                .header("X-Forwarded-For", "6.6.6.6, 203.0.113.7, 10.1.1.1")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("Muster-Reason", "ticket 42")
                .exchange()
                .expectHeader()
                .valueMatches("traceparent", "00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01");
        assertThat(slice.sample.provenance)
                .containsEntry(Provenance.ACTOR, "user:" + ann)
                .containsEntry(Provenance.ADDRESS, "203.0.113.7")
                .containsEntry(Provenance.CORRELATION, "0af7651916cd43dd8448eb211c80319c")
                .containsEntry(Provenance.REASON, "ticket 42");
        assertThat(slice.sample.provenance.get(Provenance.TRACEPARENT)).contains("0af7651916cd43dd8448eb211c80319c");
    }

    private static WebTestClient.ResponseSpec post(Sessions.Opened session, Consumer<HttpHeaders> headers) {
        return client.post()
                .uri("/api/v1/things")
                .cookie("MUSTER_SESSION", session.cookie())
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\":\"x\"}")
                .exchange();
    }
}
