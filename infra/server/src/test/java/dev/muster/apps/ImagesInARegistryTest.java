package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.ImageRegistry.Image;
import dev.muster.apps.ImageRegistry.Login;
import dev.muster.apps.simulator.DeviceFile;
import dev.muster.apps.simulator.SimulatedAgent;
import dev.muster.server.MusterSettings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images in a real registry: a person pushes one, the device that is to run it pulls it, and nobody else gets in;
 * contract D.6 and H.
 */
class ImagesInARegistryTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final Image HELLO = new Image("{\"architecture\":\"amd64\",\"os\":\"linux\"}", "hello, layer");

    @TempDir
    private static Path dir;

    private static AppsWorld world;
    private static ImageRegistry registry;
    private static String hello;
    private static String other;
    private static Login developer;
    private static DeviceFile file;
    private static SimulatedAgent agent;

    @BeforeAll
    static void start() throws Exception {
        ImageRegistry.assume();
        world = AppsWorld.start();
        registry = ImageRegistry.start(dir, world.server.baseUrl());
        hello = app("hello");
        other = app("other");
        file = world.enrol("greeter");
        agent = world.agent(file);
        AppsWorld.until(agent::isUp);
        world.want("greeter", "hello", Map.of("target", "running"));
        world.untilReported("greeter", "hello", "running", "1.0.0");
        developer = person("apps-write");
        registry.push(developer, hello, "1.0.0", HELLO);
        registry.push(developer, other, "1.0.0", new Image("{}", "another layer"));
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
        if (world != null) {
            world.close();
        }
    }

    /** Makes one, and answers where its image is. */
    private static String app(String name) {
        world.app(name, Map.of(), "1.0.0");
        long key = world.server.get("/api/v1/apps/" + name).path("key").asLong();
        return "apps/prod_amd64_" + key + "_" + name;
    }

    private static Login person(String... scopes) {
        return new Login("whoever", world.token(scopes).substring("Bearer ".length()));
    }

    /** As agents sign in: what they are told is the name, their secret the password. */
    private static Login device(SimulatedAgent whose, DeviceFile its) throws Exception {
        return new Login(name(whose), its.secret());
    }

    private static String name(SimulatedAgent whose) throws Exception {
        return whose.call("reswarm.containers.get_registry_token", List.of(Map.of("callerID", 1)))
                .path(3)
                .path(0)
                .asString();
    }

    private static boolean mayPull(Login who, String repository) {
        return registry.lets(who, "GET", ImageRegistry.manifest(repository, "1.0.0"));
    }

    private static boolean mayPush(Login who, String repository) {
        return registry.lets(who, "POST", ImageRegistry.uploads(repository));
    }

    @Test
    void whatAPersonPushedTheDeviceThatRunsItPulls() throws Exception {
        assertThat(registry.pull(device(agent, file), hello, "1.0.0")).isEqualTo(HELLO);
        assertThat(registry.pull(developer, hello, "1.0.0")).isEqualTo(HELLO);
    }

    @Test
    void aDevicePullsNoOtherAppAndPushesNothing() throws Exception {
        Login greeter = device(agent, file);
        assertThat(mayPull(greeter, other)).isFalse();
        assertThat(mayPull(greeter, hello.replace("amd64", "arm64"))).isFalse();
        assertThat(mayPush(greeter, hello)).isFalse();
        String token = registry.token(greeter, "GET", ImageRegistry.manifest(hello, "1.0.0"));
        assertThat(ImageRegistry.terms(registry.send(token, "GET", ImageRegistry.manifest(other, "1.0.0"), "")))
                .containsEntry("error", "insufficient_scope");
        assertThat(ImageRegistry.terms(registry.send(token, "GET", "/v2/_catalog", "")))
                .containsEntry("error", "insufficient_scope");
    }

    @Test
    void anAppThatIsNotWantedOnADeviceIsNotForIt() throws Exception {
        DeviceFile its = world.enrol("bystander");
        SimulatedAgent bystander = world.agent(its);
        AppsWorld.until(bystander::isUp);
        Login login = device(bystander, its);
        assertThat(mayPull(login, hello)).isFalse();
        world.want("bystander", "hello", Map.of("target", "running"));
        world.untilReported("bystander", "hello", "running", "1.0.0");
        assertThat(mayPull(login, hello)).isTrue();
        world.want("bystander", "hello", Map.of("target", "uninstalled"));
        world.untilLine(
                "bystander",
                "hello",
                line -> line.path("wanted").path("target").asString("").equals("uninstalled"));
        assertThat(mayPull(login, hello)).isFalse();
    }

    /** Whoever has one device must not get to the images of the others. */
    @Test
    void whatADeviceSaysOfItselfOpensNothing() throws Exception {
        DeviceFile its = world.enrol("liar");
        SimulatedAgent liar = world.agent(its);
        AppsWorld.until(liar::isUp);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("app_key", Long.parseLong(hello.split("_")[2]));
        report.put("device_key", its.key());
        report.put("swarm_key", its.project());
        report.put("serial_number", its.serial());
        report.put("stage", "DEV");
        report.put("state", "RUNNING");
        report.put("release_key", 0);
        report.put("updateStatus", "");
        liar.call("reswarm.containers.update_app_on_device", List.of(report));
        world.untilLine(
                "liar",
                "hello",
                line -> !line.path("reported").path("state").asString("").isEmpty());
        Login login = device(liar, its);
        assertThat(mayPull(login, hello)).isFalse();
        assertThat(mayPush(login, hello)).isFalse();
    }

    @Test
    void whoProvesNothingGetsNoToken() throws Exception {
        String path = ImageRegistry.manifest(hello, "1.0.0");
        Login right = device(agent, file);
        String another = name(world.up("stranger"));
        for (Login wrong : List.of(
                new Login(right.name(), "3q2+7wAAAAAAAAAAAAAAAA=="),
                new Login(right.name(), developer.password()),
                new Login(another, right.password()),
                new Login("greeter", right.password()),
                new Login("whoever", developer.password() + "x"),
                new Login("", ""))) {
            HttpResponse<String> answer = registry.signIn(wrong, "GET", path);
            assertThat(answer.statusCode()).as(wrong.name()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(it -> assertThat(it).startsWith("Basic"));
            assertThat(JSON.readTree(answer.body())
                            .path("errors")
                            .path(0)
                            .path("code")
                            .asString(""))
                    .isEqualTo("UNAUTHORIZED");
        }
        assertThat(registry.signIn(null, "GET", path).statusCode()).isEqualTo(401);
        assertThat(ImageRegistry.terms(registry.send(null, "GET", path, ""))).doesNotContainKey("error");
        assertThat(ImageRegistry.terms(registry.send("no.such.token", "GET", path, "")))
                .containsEntry("error", "invalid_token");
    }

    @Test
    void aTokenEndsAndIsForOneRegistry() throws Exception {
        String path = ImageRegistry.manifest(hello, "1.0.0");
        String token = registry.token(device(agent, file), "GET", path);
        Instant now = Instant.now();
        assertThat(registry.send(signedAnew(token, "images", now.plusSeconds(60)), "GET", path, "")
                        .statusCode())
                .isEqualTo(200);
        // The registry looks away for a minute, for clocks that differ.
        for (String bad : List.of(
                signedAnew(token, "images", now.minusSeconds(90)),
                signedAnew(token, "elsewhere", now.plusSeconds(60)),
                tamperedWith(token))) {
            assertThat(ImageRegistry.terms(registry.send(bad, "GET", path, "")))
                    .containsEntry("error", "invalid_token");
        }
    }

    /** The same with another end and registry, by the key that the server keeps. */
    private static String signedAnew(String token, String service, Instant end) throws Exception {
        String[] parts = token.split("\\.");
        ObjectNode claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        claims.put("aud", service);
        claims.put("nbf", end.minusSeconds(600).getEpochSecond());
        claims.put("exp", end.getEpochSecond());
        String said = parts[0] + "."
                + URL.encodeToString(JSON.writeValueAsString(claims).getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key());
        signature.update(said.getBytes(StandardCharsets.US_ASCII));
        return said + "." + URL.encodeToString(signature.sign());
    }

    private static PrivateKey key() throws Exception {
        Path kept = world.server.bean(MusterSettings.class).data().resolve("registry-token-key.pem");
        String base64 = Files.readString(kept)
                .replaceAll("(?s).*-----BEGIN PRIVATE KEY-----", "")
                .replaceAll("(?s)-----END PRIVATE KEY-----.*", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    /** With rights that nobody signed. */
    private static String tamperedWith(String token) {
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String wider = claims.replace("\"pull\"", "\"pull\",\"push\"");
        assertThat(wider).isNotEqualTo(claims);
        return parts[0] + "." + URL.encodeToString(wider.getBytes(StandardCharsets.UTF_8)) + "." + parts[2];
    }

    @Test
    void peopleGetWhatTheirPermissionsSay() {
        Login reader = person("apps-read");
        assertThat(mayPull(reader, hello)).isTrue();
        assertThat(mayPush(reader, hello)).isFalse();
        assertThat(mayPush(developer, hello.replace("amd64", "arm64"))).isTrue();
        String unknown = "apps/prod_amd64_999999_hello";
        assertThat(mayPush(developer, unknown)).isFalse();
        assertThat(mayPush(developer, hello.replace("hello", "other"))).isFalse();
        assertThat(mayPush(developer, hello.replace("apps/", "elsewhere/"))).isFalse();
        HttpResponse<String> refused =
                registry.signIn(person("devices-read"), "GET", ImageRegistry.manifest(hello, "1.0.0"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(refused.body())
                        .path("errors")
                        .path(0)
                        .path("code")
                        .asString(""))
                .isEqualTo("DENIED");
    }

    @Test
    void aTokenThatWasRevokedSignsNobodyIn() {
        JsonNode made = world.server.ok(
                "POST",
                "/api/v1/tokens",
                Map.of("name", "short-lived", "scopes", List.of("apps-write"), "expiresIn", "P1D"));
        Login login = new Login("whoever", made.path("token").asString());
        assertThat(mayPush(login, hello)).isTrue();
        world.server.ok("DELETE", "/api/v1/tokens/" + made.path("id").asString(), null);
        AppsWorld.until(() ->
                registry.signIn(login, "POST", ImageRegistry.uploads(hello)).statusCode() == 401);
    }
}
