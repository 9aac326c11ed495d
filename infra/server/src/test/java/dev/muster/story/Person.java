package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with an account who has signed in; keeps cookies and repeats the CSRF token, as the console does. */
final class Person {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "correct horse battery";

    final String id;
    private final TestServer server;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();

    private Person(TestServer server, String id) {
        this.server = server;
        this.id = id;
    }

    /** A token of somebody; {@code text} is what is sent. */
    record Token(String id, String text) {}

    /** Somebody new, made by the administrator. */
    static Person joined(TestServer server, String username, String role) {
        String id = server.ok(
                        "POST",
                        "/api/v1/users",
                        Map.of("username", username, "password", PASSWORD, "roles", List.of(role)))
                .path("id")
                .asString();
        Person person = new Person(server, id);
        HttpResponse<String> signedIn =
                person.sends("POST", "/api/v1/session", Map.of("username", username, "password", PASSWORD));
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        return person;
    }

    /** As the audit trail and rollouts name them. */
    String actor() {
        return "user:" + id;
    }

    /** With the session. */
    HttpResponse<String> sends(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = request(server, method, path, body);
        cookies.getCookieStore().getCookies().stream()
                .filter(it -> it.getName().equals("XSRF-TOKEN"))
                .forEach(it -> request.header("X-XSRF-TOKEN", it.getValue()));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With one of somebody's tokens, and no session. */
    HttpResponse<String> sends(Token token, String method, String path, @Nullable Object body) {
        return TestServer.exchange(request(server, method, path, body)
                .header("Authorization", "Bearer " + token.text())
                .build());
    }

    /** Asks for a token of their own. */
    HttpResponse<String> asksForToken(String... scopes) {
        return sends(
                "POST",
                "/api/v1/tokens",
                Map.of("name", String.join(" ", scopes), "scopes", List.of(scopes), "expiresIn", "P1D"));
    }

    Token token(String... scopes) {
        HttpResponse<String> made = asksForToken(scopes);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode token = JSON.readTree(made.body());
        return new Token(token.path("id").asString(), token.path("token").asString());
    }

    private static HttpRequest.Builder request(TestServer server, String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return body == null ? request : request.header("Content-Type", "application/json");
    }
}
