package dev.muster.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.command.SetupLink;
import dev.muster.kernel.Vault;
import dev.muster.server.TestServer;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The story of the first days of a server, over the wire, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IdentityJourneyTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PASSWORD = "correct horse battery";
    private static TestServer server;
    private static final Browser ANN = new Browser();
    private static final Browser BOB = new Browser();
    private static String bobsId;
    private static String token;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void aFreshServerIsOpenForItsFirstAdministratorOnly() {
        assertThat(ANN.get("/api/v1/setup").json().get("open").asBoolean()).isTrue();
        Answer guess =
                ANN.send("POST", "/api/v1/setup", Map.of("link", "guess", "username", "eve", "password", PASSWORD));
        assertThat(guess.status()).isEqualTo(403);
        assertThat(guess.json().get("code").asString()).isEqualTo("identity.setup-link-invalid");
    }

    @Test
    @Order(2)
    void thePrintedCodeMakesTheFirstAdministratorAndSignsThemIn() throws Exception {
        var renew = SetupLink.class.getDeclaredMethod("renew");
        renew.setAccessible(true);
        String code = ((java.util.Optional<?>) renew.invoke(server.bean(SetupLink.class)))
                .orElseThrow()
                .toString();
        Answer answer =
                ANN.send("POST", "/api/v1/setup", Map.of("link", code, "username", "Ann", "password", PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.setCookie("MUSTER_SESSION"))
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .doesNotContain("Secure");
        assertThat(answer.setCookie("XSRF-TOKEN")).contains("SameSite=Strict").doesNotContainIgnoringCase("HttpOnly");
        JsonNode me = ANN.get("/api/v1/session").json();
        assertThat(me.get("kind").asString()).isEqualTo("user");
        assertThat(me.get("name").asString()).isEqualTo("Ann");
        assertThat(me.get("roles").get(0).asString()).isEqualTo("admin");
        assertThat(ANN.get("/api/v1/setup").json().get("open").asBoolean()).isFalse();
        assertThat(new Browser()
                        .send("POST", "/api/v1/setup", Map.of("link", code, "username", "eve", "password", PASSWORD))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("identity.setup-closed");
    }

    @Test
    @Order(3)
    void theAdministratorMakesAnotherAccountOnceHoweverOftenAsked() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> bob = Map.of("username", "bob", "password", PASSWORD, "roles", new String[] {"operator"});
        Answer first = ANN.send("POST", "/api/v1/users", bob, "Idempotency-Key", key);
        Answer second = ANN.send("POST", "/api/v1/users", bob, "Idempotency-Key", key);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        bobsId = first.json().get("id").asString();
        assertThat(first.header("Location")).isEqualTo("/api/v1/users/" + bobsId);
        assertThat(Long.parseLong(first.header("Muster-Position"))).isNotNegative();
        assertThat(ANN.send("POST", "/api/v1/users", bob).json().get("code").asString())
                .isEqualTo("identity.user-exists");
        assertThat(ANN.get("/api/v1/users").json().get("items")).hasSize(2);
    }

    @Test
    @Order(4)
    void bobSignsInAndSeesOnlyWhatHeMay() {
        Answer wrong = BOB.send("POST", "/api/v1/session", Map.of("username", "bob", "password", "not it at all"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().get("code").asString()).isEqualTo("identity.wrong-credentials");
        assertThat(BOB.send("POST", "/api/v1/session", Map.of("username", "BOB", "password", PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(BOB.get("/api/v1/users").status()).isEqualTo(403);
        assertThat(BOB.get("/api/v1/roles").json()).hasSize(8);
        assertThat(BOB.get("/api/v1/permissions").json().get(0).asString()).isEqualTo("devices-read");
    }

    @Test
    @Order(5)
    void bobsTokenWorksIsListedAndShownOnce() {
        Answer made = BOB.send(
                "POST",
                "/api/v1/tokens",
                Map.of("name", "ci", "scopes", new String[] {"devices-read"}, "expiresIn", "P30D"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        token = made.json().get("token").asString();
        assertThat(withToken(token, "/api/v1/session").json().get("kind").asString())
                .isEqualTo("token");
        JsonNode listed = BOB.get("/api/v1/tokens").json().get("items").get(0);
        assertThat(listed.get("prefix").asString()).isEqualTo(token.split("_")[1]);
        assertThat(listed.get("lastUsedAt").asString()).endsWith("Z");
        assertThat(listed.toString()).doesNotContain(token);
        assertThat(BOB.get("/api/v1/tokens?all=true").status()).isEqualTo(403);
        assertThat(ANN.get("/api/v1/tokens?all=true").json().get("items").size())
                .isGreaterThanOrEqualTo(2);
        assertThat(BOB.send(
                                "POST",
                                "/api/v1/tokens",
                                Map.of("name", "x", "scopes", new String[] {"users-admin"}, "expiresIn", "P1D"))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("identity.scope-too-wide");
    }

    @Test
    @Order(6)
    void anOwnPasswordChangeKeepsThisBrowserAndEndsTheOthers() {
        Browser other = new Browser();
        other.send("POST", "/api/v1/session", Map.of("username", "bob", "password", PASSWORD));
        assertThat(BOB.send(
                                "PUT",
                                "/api/v1/session/password",
                                Map.of("current", PASSWORD, "password", "another good password"))
                        .status())
                .isEqualTo(204);
        assertThat(BOB.get("/api/v1/session").status()).isEqualTo(200);
        assertThat(other.get("/api/v1/session").status()).isEqualTo(401);
    }

    @Test
    @Order(7)
    void theLastAdministratorStays() {
        String annsId = ANN.get("/api/v1/session").json().get("id").asString();
        Answer answer = ANN.send("DELETE", "/api/v1/users/" + annsId, null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("code").asString()).isEqualTo("identity.last-admin");
    }

    @Test
    @Order(8)
    void anErasedPersonIsGoneEverywhereButForANumber() {
        assertThat(ANN.send("DELETE", "/api/v1/users/" + bobsId, null).status()).isEqualTo(204);
        assertThat(BOB.get("/api/v1/session").status()).isEqualTo(401);
        assertThat(withToken(token, "/api/v1/session").status()).isEqualTo(401);
        assertThat(ANN.get("/api/v1/users").json().get("items")).hasSize(1);
        Map<String, byte[]> vault = server.bean(Vault.class).scan("person");
        vault.forEach((key, value) -> assertThat(key + new String(value, UTF_8)).doesNotContain("bob"));
    }

    @Test
    @Order(9)
    void signingOutEndsTheSession() {
        assertThat(ANN.send("DELETE", "/api/v1/session", null).status()).isEqualTo(204);
        assertThat(ANN.get("/api/v1/session").status()).isEqualTo(401);
    }

    private static Answer withToken(String token, String path) {
        return new Browser().send("GET", path, null, "Authorization", "Bearer " + token);
    }

    private record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String setCookie(String name) {
            return response.headers().allValues("Set-Cookie").stream()
                    .filter(it -> it.startsWith(name + "="))
                    .findFirst()
                    .orElse("");
        }
    }

    /** Keeps cookies and repeats the CSRF token, as the console does. */
    private static final class Browser {
        private final CookieManager cookies = new CookieManager();
        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .build();

        Answer get(String path) {
            return send("GET", path, null);
        }

        Answer send(String method, String path, Object body, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
            request.method(
                    method,
                    body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            if (headers.length > 0) {
                request.headers(headers);
            }
            cookies.getCookieStore().getCookies().stream()
                    .filter(it -> it.getName().equals("XSRF-TOKEN"))
                    .forEach(it -> request.header("X-XSRF-TOKEN", it.getValue()));
            try {
                return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
