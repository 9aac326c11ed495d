package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.goosebit.GoosebitWorld.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** People and the tables of their pages: GB-60 to GB-62, GB-64 to GB-70 (contract §13). The first one makes the administrator. */
@Timeout(120)
@TestMethodOrder(MethodName.class)
class PeopleVectorsTest {

    private static final String PASSWORD = "correct horse battery";

    private static GoosebitWorld world;
    private static String admin;

    @BeforeAll
    static void start() {
        world = GoosebitWorld.with(
                "--muster.goosebit.device-auth=false",
                "--muster.goosebit.setup=true",
                "--muster.goosebit.metrics=true");
        Answer first = world.form("/setup", "username", "admin@goosebit.local", "password", PASSWORD)
                .expect(200);
        assertThat(first.json().path("token_type").asString()).isEqualTo("bearer");
        admin = "Bearer " + first.json().path("access_token").asString();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static Answer as(String who, String method, String path, Object body) {
        return world.send(method, path, body, who);
    }

    private static String signIn(String name) {
        Answer answer =
                world.form("/login", "username", name, "password", PASSWORD).expect(200);
        return "Bearer " + answer.json().path("access_token").asString();
    }

    private static void user(String name, String... permissions) {
        as(
                        admin,
                        "PUT",
                        "/api/v1/settings/users",
                        Map.of("username", name, "password", PASSWORD, "permissions", List.of(permissions)))
                .expect(200);
    }

    @Test
    void gb60To62_tables() {
        world.poll("gb60-a");
        world.poll("gb60-b");
        Answer ascending = as(
                        admin,
                        "POST",
                        "/ui/bff/devices",
                        Map.of("draw", 7, "order", List.of(Map.of("column", 0, "dir", "asc", "name", "id"))))
                .expect(200);
        assertThat(ascending.json().path("draw").asInt()).isEqualTo(7);
        assertThat(ascending.json().path("recordsTotal").asInt()).isEqualTo(2);
        assertThat(ascending.json().path("data").get(0).path("id").asString()).isEqualTo("gb60-a");
        Answer descending = as(
                        admin,
                        "GET",
                        "/ui/bff/devices?order%5B0%5D%5Bdir%5D=desc&order%5B0%5D%5Bname%5D=id&search%5Bvalue%5D=GB60&length=1",
                        null)
                .expect(200);
        assertThat(descending.json().path("data").get(0).path("id").asString()).isEqualTo("gb60-b");
        assertThat(descending.json().path("data").size()).isEqualTo(1);
        assertThat(descending.json().path("recordsFiltered").asInt()).isEqualTo(2);
        as(admin, "GET", "/ui/bff/devices?order%5B0%5D%5Bname%5D=nothing", null).expect(422);
        assertThat(as(admin, "GET", "/ui/bff/devices?length=-1", null)
                        .expect(200)
                        .json()
                        .path("data")
                        .size())
                .isEqualTo(2);

        for (String version : List.of("1.0.0-rc2+build77", "1", "1.0.0-beta2+build20")) {
            world.software(version, "");
        }
        assertThat(versions("asc")).containsExactly("1.0.0-beta2+build20", "1.0.0-rc2+build77", "1");
        assertThat(versions("desc")).containsExactly("1", "1.0.0-rc2+build77", "1.0.0-beta2+build20");

        user("zoe@example.org", "goosebit.device.read");
        assertThat(users("asc").getFirst()).isEqualTo("admin@goosebit.local");
        assertThat(users("desc").getFirst()).isEqualTo("zoe@example.org");
    }

    private static List<String> versions(String direction) {
        return as(
                        admin,
                        "POST",
                        "/ui/bff/software",
                        Map.of("order", List.of(Map.of("dir", direction, "name", "version"))))
                .expect(200)
                .json()
                .path("data")
                .valueStream()
                .map(each -> each.path("version").asString())
                .toList();
    }

    private static List<String> users(String direction) {
        return as(
                        admin,
                        "GET",
                        "/ui/bff/settings/users?order%5B0%5D%5Bname%5D=username&order%5B0%5D%5Bdir%5D=" + direction,
                        null)
                .expect(200)
                .json()
                .path("data")
                .valueStream()
                .map(each -> each.path("username").asString())
                .toList();
    }

    @Test
    void gb63And64_permissionsAreAsked() {
        user("gb64@example.org", "*", "!goosebit.device.write");
        String who = signIn("gb64@example.org");
        as(who, "GET", "/api/v1/devices", null).expect(200);
        Answer refused = as(who, "PATCH", "/api/v1/devices", Map.of("devices", List.of()))
                .expect(403);
        assertThat(refused.detail()).isEqualTo("Not enough permissions");
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void gb65And66_usersComeAndGo() {
        user("gb65@example.org", "goosebit.device.read");
        Answer listed = as(admin, "GET", "/api/v1/settings/users", null).expect(200);
        assertThat(listed.text())
                .contains(
                        "{\"username\":\"gb65@example.org\",\"enabled\":true,\"permissions\":[\"goosebit.device.read\"]}");
        as(
                        admin,
                        "PUT",
                        "/api/v1/settings/users",
                        Map.of("username", "gb65@example.org", "password", PASSWORD, "permissions", List.of()))
                .expect(409);

        String token = signIn("gb65@example.org");
        as(token, "GET", "/api/v1/devices", null).expect(200);
        as(admin, "PATCH", "/api/v1/settings/users", Map.of("usernames", List.of("gb65@example.org"), "enabled", false))
                .expect(200);
        assertThat(as(token, "GET", "/api/v1/devices", null).expect(401).detail())
                .isEqualTo("Disabled user");
        Answer refused = world.form("/login", "username", "gb65@example.org", "password", PASSWORD)
                .expect(401);
        assertThat(refused.detail()).startsWith("User has been disabled, ");
        as(admin, "PATCH", "/api/v1/settings/users", Map.of("usernames", List.of("nobody"), "enabled", true))
                .expect(404);
        as(admin, "DELETE", "/api/v1/settings/users", Map.of("usernames", List.of("gb65@example.org", "nobody")))
                .expect(200);
        assertThat(as(admin, "GET", "/api/v1/settings/users", null).text()).doesNotContain("gb65@example.org");
    }

    @Test
    void nobodyGivesWhatTheyHaveNot() {
        user("gb65-keeper@example.org", "goosebit.settings.users");
        String keeper = signIn("gb65-keeper@example.org");
        as(
                        keeper,
                        "PUT",
                        "/api/v1/settings/users",
                        Map.of("username", "mine@example.org", "password", PASSWORD, "permissions", List.of("*")))
                .expect(403);
    }

    @Test
    void gb67_setupIsClosed() {
        world.form("/setup", "username", "second@example.org", "password", PASSWORD)
                .expect(403);
        Answer guessed = world.form("/setup", "username", "admin@goosebit.local", "password", "a wrong guess")
                .expect(403);
        assertThat(guessed.detail())
                .as("nobody learns here which names there are")
                .isEqualTo("Setup has been completed already");
        Answer known = world.form("/setup", "username", "admin@goosebit.local", "password", PASSWORD)
                .expect(200);
        assertThat(known.json().path("access_token").asString()).isNotEmpty();
        assertThat(world.send("GET", "/setup", null, null).expect(302).header("Location"))
                .isEqualTo("/goosebit/login");
    }

    @Test
    void countsForPrometheus() {
        String path = "/api/telemetry/prometheus/metrics";
        world.send("GET", path, null, null).expect(401);
        as(admin, "GET", path, null).expect(200);
        String text = as(admin, "GET", path, null).expect(200).text();
        assertThat(text)
                .contains("\nusers_count ")
                .contains("target_info{service_name=\"goosebit\"} 1\n")
                .containsPattern("http_server_active_requests [1-9]")
                .containsPattern("http_server_duration_milliseconds_bucket\\{le=\"\\+Inf\"} [1-9]")
                .containsPattern("http_server_duration_milliseconds_count [1-9]")
                .containsPattern("http_server_response_size_bytes_sum [1-9]")
                .contains("http_server_request_size_bytes_count ");
    }

    @Test
    void whatIsDeniedIsDeniedOnEverySurface() {
        user("half@example.org", "*", "!goosebit.device.write");
        String half = signIn("half@example.org");
        as(half, "PUT", "/api/v1/devices", Map.of("devices", List.of("half"))).expect(403);
        String cookieless = half.substring("Bearer ".length());
        assertThat(world.get("/api/v1/devices").text()).doesNotContain("\"half\"");
        assertThat(world.server
                        .bean(dev.muster.identity.SignIns.class)
                        .callerOf(cookieless, Map.of())
                        .permissions())
                .as("a session of this person on the native surface")
                .doesNotContain(dev.muster.identity.Permission.DEVICES_WRITE);
    }

    @Test
    void whoLosesTheirRolesElsewhereLosesThemHere() {
        user("second@example.org", "*");
        String second = signIn("second@example.org");
        as(second, "GET", "/api/v1/settings/users", null).expect(200);
        String id = world.server
                .bean(dev.muster.identity.AccountBook.class)
                .named("second@example.org")
                .id()
                .toString();
        world.server.ok("PATCH", "/api/v1/users/" + id, Map.of("roles", List.of("viewer")), "If-Match", "*");
        world.settle();

        as(signIn("second@example.org"), "GET", "/api/v1/settings/users", null).expect(403);
        as(second, "GET", "/api/v1/devices", null).expect(200);
    }

    @Test
    void guessingIsPacedHereAsEverywhere() {
        user("guessed@example.org", "goosebit.device.read");
        Answer last = null;
        for (int i = 0; i < 50 && (last == null || last.status() == 403); i++) {
            last = world.form("/setup", "username", "guessed@example.org", "password", "guess number " + i);
        }
        assertThat(last).isNotNull();
        last.expect(429);
        assertThat(last.header("Retry-After")).matches("\\d+");
    }

    @Test
    void gb68_signingIn() {
        assertThat(world.form("/login", "username", "admin@goosebit.local", "password", "wrong")
                        .expect(401)
                        .detail())
                .isEqualTo("Invalid username or password");
        world.send("POST", "/login", Map.of("username", "a", "password", "b"), null)
                .expect(422);
        String token = signIn("admin@goosebit.local").substring("Bearer ".length());
        world.send("GET", "/api/v1/devices", null, null, "Cookie", "session_id=" + token)
                .expect(200);
        world.send("GET", "/api/v1/devices", null, "Bearer " + token).expect(200);
        Answer nobody = world.send("GET", "/api/v1/devices", null, null).expect(401);
        assertThat(nobody.detail()).isEqualTo("Not authenticated");
        world.send("GET", "/api/v1/devices", null, "Bearer no-token-at-all").expect(401);
        world.send("GET", "/DEFAULT/controller/v1/gb68", null, "Bearer no-token-at-all")
                .expect(200);
        Answer elsewhere = world.send(
                "DELETE",
                "/api/v1/devices",
                Map.of("devices", List.of()),
                null,
                "Cookie",
                "session_id=" + token,
                "Origin",
                "https://elsewhere.example");
        assertThat(elsewhere.status()).as("another site's page").isEqualTo(403);
        Answer out = world.send("GET", "/logout", null, null, "Cookie", "session_id=" + token)
                .expect(302);
        assertThat(out.header("Location")).isEqualTo("/goosebit/login");
        world.send("GET", "/api/v1/devices", null, "Bearer " + token).expect(401);
    }

    @Test
    void gb69And70_devicesThatAreNotThere() {
        Answer patched = as(admin, "PATCH", "/api/v1/devices", Map.of("devices", List.of("gb69")))
                .expect(404);
        assertThat(patched.detail()).isEqualTo("Device with ID gb69 not found");
        as(admin, "GET", "/api/v1/devices/gb70", null).expect(404);
        as(admin, "GET", "/api/v1/devices/gb70/log", null).expect(404);
        as(admin, "DELETE", "/api/v1/devices", Map.of("devices", List.of("gb70")))
                .expect(200);
        assertThat(as(admin, "GET", "/api/v1/devices", null).text()).doesNotContain("gb70");
    }
}
