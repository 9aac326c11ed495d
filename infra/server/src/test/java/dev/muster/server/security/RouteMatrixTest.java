package dev.muster.server.security;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.Sessions;
import dev.muster.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/**
 * Every route of the running server, by every role and by nobody. What each may do is written down in
 * {@code routes.txt} by hand; a route without a line there, or a line without a route, fails.
 */
class RouteMatrixTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Map<Role, UserId> PEOPLE = new EnumMap<>(Role.class);
    private static TestServer server;
    private static List<Routes.Row> table;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        for (Role role : Role.values()) {
            JsonNode user = server.ok(
                    "POST",
                    "/api/v1/users",
                    Map.of("username", "a " + role, "password", "correct horse", "roles", List.of(role.wireName())));
            PEOPLE.put(role, UserId.parse(user.get("id").asString()));
        }
        table = server.bean(Routes.class).table().stream()
                .filter(row -> !(row.rule() instanceof RouteRule.Denied))
                .toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theTableIsWhatWasWrittenDown() throws IOException {
        String written;
        try (InputStream file = RouteMatrixTest.class.getResourceAsStream("/routes.txt")) {
            written = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        String found = table.stream().map(RouteMatrixTest::line).sorted().collect(joining("\n"));
        assertThat(found)
                .as("the table of routes; write a new route down in routes.txt")
                .isEqualTo(written.strip());
    }

    @Test
    void withoutCredentialsOnlyOpenRoutesAnswer() {
        List<String> wrong = new ArrayList<>();
        for (Routes.Row row : table) {
            int status = call(row, null);
            boolean open = row.rule() instanceof RouteRule.Open;
            // A sign-in with nothing in it is refused as a wrong body, not for want of credentials.
            if (open ? status == 401 || status == 403 : status != 401) {
                wrong.add(line(row) + " answered " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRoleMayDoWhatItsPermissionsSayAndNothingElse() {
        List<String> wrong = new ArrayList<>();
        for (Routes.Row row : table) {
            for (Role role : Role.values()) {
                int status = call(row, session(role));
                boolean may = mayBe(row, role);
                if (may ? status == 401 || status == 403 : status != 403) {
                    wrong.add(line(row) + " answered " + status + " to " + role.wireName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void thePublishedDescriptionNamesExactlyTheseRoutes() {
        Set<String> described = new TreeSet<>();
        server.get("/api/v1/openapi.json").get("paths").propertyStream().forEach(path -> path.getValue()
                .propertyStream()
                .filter(it -> METHODS.contains(it.getKey()))
                .forEach(it -> described.add(it.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> routes = new TreeSet<>();
        table.forEach(row -> routes.add(row.method() + " " + row.pattern()));
        assertThat(described).isEqualTo(routes);
    }

    private static boolean mayBe(Routes.Row row, Role role) {
        return switch (row.rule()) {
            case RouteRule.Open open -> true;
            case RouteRule.Needs(Permission permission) -> role.permissions().contains(permission);
            case RouteRule.Denied denied -> false;
        };
    }

    private static String line(Routes.Row row) {
        String who =
                switch (row.rule()) {
                    case RouteRule.Open open -> "everyone";
                    case RouteRule.Needs needs ->
                        needs.permission().wireName()
                                + ": "
                                + Arrays.stream(Role.values())
                                        .filter(role -> mayBe(row, role))
                                        .map(Role::wireName)
                                        .collect(joining(" "));
                    case RouteRule.Denied denied -> "nobody";
                };
        return row.method() + " " + row.pattern() + " = " + who;
    }

    /** A new session each time: one of the routes signs out. */
    private static Sessions.Opened session(Role role) {
        UserId user = PEOPLE.get(role);
        int epoch = server.bean(Accounts.class).user(user).orElseThrow().epoch();
        return server.bean(Sessions.class).open(user, epoch);
    }

    private static int call(Routes.Row row, Sessions.Opened session) {
        String path = row.pattern()
                .getPatternString()
                .replace("{sha256}", "0".repeat(64))
                .replace("{n}", "1")
                .replaceAll("\\{\\*?[a-zA-Z0-9]+}", "0198f1d2-0000-7000-8000-00000000abcd");
        boolean read = row.method().name().equals("GET");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        row.method().name(),
                        read ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}"));
        if (!read) {
            String type = row.consumes().stream()
                    .findFirst()
                    .map(MediaType::toString)
                    .filter(it -> !it.contains("*"))
                    .orElse("application/json");
            request.header("Content-Type", type);
        }
        if (session != null) {
            request.header("Cookie", "MUSTER_SESSION=" + session.cookie()).header("X-XSRF-TOKEN", session.csrf());
        }
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            throw new AssertionError(row.method() + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
