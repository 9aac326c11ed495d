package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.goosebit.GoosebitWorld.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code openapi.json} is what is served: all that it describes is answered, and all that is answered it describes. */
@Timeout(120)
class DescriptionTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ADMIN = "admin@goosebit.local";
    private static final String FORM = "application/x-www-form-urlencoded";

    private static GoosebitWorld world;
    private static Description description;
    private static HttpServer elsewhere;

    @BeforeAll
    static void start() throws IOException {
        world = GoosebitWorld.with("--muster.goosebit.setup=true", "--muster.artifacts.remote.allowed=127.0.0.0/8");
        world.form("/setup", "username", ADMIN, "password", Sent.PASSWORD).expect(200);
        world.rules(Map.of("pollingTime", "00:01:00", "trust", "lax"));
        description = new Description(
                world.send("GET", "/openapi.json", null, null).expect(200).json());
        byte[] bundle = SwuBytes.of("9.0", "");
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, bundle.length);
            exchange.getResponseBody().write(bundle);
            exchange.close();
        });
        elsewhere.start();
    }

    @AfterAll
    static void stop() {
        if (elsewhere != null) {
            elsewhere.stop(0);
        }
        if (world != null) {
            world.close();
        }
    }

    private static Answer as(
            @Nullable String who, int status, String method, String path, @Nullable Object body, String... headers) {
        Answer answer = world.send(method, path, body, who, headers).expect(status);
        return description.described(method, path, answer);
    }

    private static Answer people(int status, String method, String path, @Nullable Object body, String... headers) {
        JsonNode schema = description.requestSchema(method, path);
        if (status == 200 && !schema.isMissingNode()) {
            assertThat(description.faults(schema, JSON.valueToTree(body)))
                    .as(method + " " + path)
                    .isEmpty();
        }
        return as("Bearer " + world.server.adminToken(), status, method, path, body, headers);
    }

    private static Answer device(int status, String method, String rest, @Nullable Object body, String... headers) {
        return as(null, status, method, Sent.DEVICE + rest, body, headers);
    }

    @Test
    void everythingDescribedIsAnsweredAndEverythingAnsweredIsDescribed() {
        assertThat(description.openAnswers())
                .as("an answer is described only when it may have no other members")
                .isEmpty();
        int file = software();
        int rollout = rollout(file);
        deviceAtWork(file);
        devices();
        fetched();
        people(409, "DELETE", "/api/v1/software", Map.of("software_ids", List.of(file)));
        people(200, "DELETE", "/api/v1/rollouts", Map.of("ids", List.of(rollout)));
        people(200, "DELETE", "/api/v1/software", Map.of("software_ids", List.of(file)));
        people(200, "DELETE", "/api/v1/devices", Map.of("devices", List.of("described", "nobody")));
        users();
        strangers();
        Sent.isRefusedWhenItIsWrong(world, description);
        assertThat(description.unseen()).as("described, and nobody saw it").isEmpty();
    }

    private static int software() {
        byte[] bundle = SwuBytes.of("1.0", "");
        String path = "/api/v1/software";
        int id = upload(200, "a.swu", bundle).json().path("id").asInt();
        upload(409, "b.swu", bundle);
        upload(400, "", bundle);
        people(422, "PUT", path, "", "Content-Type", FORM);
        people(200, "GET", path, null);
        String download = "/api/v1/download/" + id;
        people(200, "GET", download, null);
        people(206, "GET", download, null, "Range", "bytes=0-3");
        people(400, "GET", download, null, "Range", "lines=0-3");
        people(416, "GET", download, null, "Range", "bytes=9999999-");
        people(404, "GET", "/api/v1/download/999999", null);
        people(422, "GET", "/api/v1/download/first", null);
        return id;
    }

    private static Answer upload(int status, String name, byte[] content) {
        byte[] body = GoosebitWorld.file("file", name, content);
        return people(status, "PUT", "/api/v1/software", body, "Content-Type", GoosebitWorld.multipart());
    }

    private static int rollout(int file) {
        String path = "/api/v1/rollouts";
        int id = people(200, "PUT", path, Map.of("name", "", "feed", "described", "software_id", file))
                .json()
                .path("id")
                .asInt();
        people(404, "PUT", path, Map.of("name", "", "feed", "described", "software_id", 999_999));
        people(200, "PATCH", path, Map.of("ids", List.of(id), "paused", false));
        people(200, "GET", path, null);
        return id;
    }

    /** A device that knows no token, from its first word to the end of an update. */
    private static void deviceAtWork(int file) {
        device(200, "GET", "", null);
        device(404, "HEAD", "/download", null);
        device(404, "GET", "/download", null);
        device(200, "GET", "/deploymentBase/" + file, null);
        device(422, "GET", "/deploymentBase/first", null);
        device(200, "PUT", "/configData", Sent.ATTRIBUTES);
        people(200, "PATCH", "/api/v1/devices", Map.of("devices", List.of("described"), "feed", "described"));
        assertThat(device(200, "GET", "", null).text()).contains("deploymentBase");
        assertThat(device(200, "GET", "/deploymentBase/" + file, null).json().isObject())
                .isTrue();
        device(200, "POST", "/deploymentBase/" + file + "/feedback", Sent.FEEDBACK);
        device(200, "HEAD", "/download", null);
        device(200, "GET", "/download", null);
        device(206, "GET", "/download", null, "Range", "bytes=0-3");
        device(400, "GET", "/download", null, "Range", "lines=0-3");
        device(416, "GET", "/download", null, "Range", "bytes=9999999-");
        device(200, "POST", "/deploymentBase/" + file + "/feedback", GoosebitWorld.said("closed", "success"));
        String wrong = "TargetToken wrong";
        as(wrong, 401, "GET", Sent.DEVICE, null);
        as(wrong, 401, "PUT", Sent.DEVICE + "/configData", Sent.ATTRIBUTES);
        as(wrong, 401, "GET", Sent.DEVICE + "/deploymentBase/1", null);
        as(wrong, 401, "POST", Sent.DEVICE + "/deploymentBase/1/feedback", Sent.FEEDBACK);
        as(wrong, 401, "GET", Sent.DEVICE + "/download", null);
        as(wrong, 401, "HEAD", Sent.DEVICE + "/download", null);
    }

    private static void devices() {
        String path = "/api/v1/devices";
        people(200, "PUT", path, Map.of("devices", List.of("fresh"), "auth_token", "secret", "name", "Fresh"));
        people(200, "GET", path, null);
        assertThat(people(200, "GET", path + "/fresh", null)
                        .json()
                        .path("auth_token")
                        .asString())
                .isEqualTo("***");
        people(200, "GET", path + "/described", null);
        people(200, "GET", path + "/described/log", null);
        people(404, "PATCH", path, Map.of("devices", List.of("nobody"), "feed", "x"));
        people(404, "GET", path + "/nobody", null);
        people(404, "GET", path + "/nobody/log", null);
    }

    /** Software that stays where it lies. */
    private static void fetched() {
        String url = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/f.swu";
        String form = "url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
        int id = people(200, "PUT", "/api/v1/software", form, "Content-Type", FORM)
                .json()
                .path("id")
                .asInt();
        people(307, "GET", "/api/v1/download/" + id, null);
        people(
                200,
                "PATCH",
                "/api/v1/devices",
                Map.of("devices", List.of("described"), "software", String.valueOf(id)));
        people(200, "GET", "/api/v1/devices/described", null);
        device(307, "GET", "/download", null);
    }

    private static void users() {
        String path = "/api/v1/settings/users";
        people(200, "PUT", path, Sent.ANN);
        people(409, "PUT", path, Sent.ANN);
        people(200, "PATCH", path, Map.of("usernames", List.of(Sent.ANN_NAME), "enabled", true));
        people(404, "PATCH", path, Map.of("usernames", List.of("nobody"), "enabled", true));
        people(409, "PATCH", path, Map.of("usernames", List.of(ADMIN), "enabled", false));
        people(409, "DELETE", path, Map.of("usernames", List.of(ADMIN)));
        people(200, "GET", path, null);
        people(200, "GET", "/api/v1/settings/permissions", null);
        description.described(
                "POST",
                "/login",
                world.form("/login", "username", ADMIN, "password", "wrong").expect(401));
        description.described("POST", "/login", world.form("/login").expect(422));
    }

    /** Nobody, and somebody who may do nothing. */
    private static void strangers() {
        Answer signedIn = world.form("/login", "username", Sent.ANN_NAME, "password", Sent.PASSWORD)
                .expect(200);
        description.described("POST", "/login", signedIn);
        String ann = "Bearer " + signedIn.json().path("access_token").asString();
        for (String template : description.templates()) {
            if (!template.startsWith("/api/")) {
                continue;
            }
            for (String method : description.methods(template)) {
                String path = template.replace("{dev_id}", "described").replace("{file_id}", "1");
                as(null, 401, method, path, null);
                boolean isForAll = template.contains("/download/") || template.endsWith("/permissions");
                if (!isForAll) {
                    as(ann, 403, method, path, null);
                }
            }
        }
        people(200, "DELETE", "/api/v1/settings/users", Map.of("usernames", List.of(Sent.ANN_NAME)));
    }

    @Test
    void eachPathTakesTheMethodsThatAreDescribed() {
        for (String template : description.templates()) {
            TreeSet<String> described = new TreeSet<>(description.methods(template));
            String path = template.replace("{tenant}", "DEFAULT").replaceAll("\\{[^}]*}", "1");
            String other = described.contains("POST") ? "PATCH" : "POST";
            TreeSet<String> allowed = new TreeSet<>(List.of(
                    world.ask(other, path, null).expect(405).header("Allow").split(", ")));
            if (template.equals("/login")) {
                assertThat(allowed.remove("GET")).as("a page").isTrue();
            }
            assertThat(allowed).as(template).isEqualTo(described);
        }
    }
}
