package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.goosebit.GoosebitWorld.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Devices that have to prove who they are, and other tenants: GB-24 to GB-29, GB-44, GB-45 (contract §13). */
@Timeout(120)
class AuthVectorsTest {

    private static final String NO_MATCH = "Device authentication token does not match.";

    private static GoosebitWorld world;

    @BeforeAll
    static void start() {
        world = GoosebitWorld.with("--muster.goosebit.tenants=T1,T2", "--muster.modes.running-max=1");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static Answer poll(String id, @Nullable String authorization) {
        return world.send("GET", "/T1/controller/v1/" + id, null, authorization);
    }

    private static void trust(String trust) {
        world.rules(Map.of("pollingTime", "00:01:00", "trust", trust));
    }

    private static void made(String id, @Nullable String token) {
        Map<String, Object> body = new HashMap<>(Map.of("devices", List.of(id)));
        if (token != null) {
            body.put("auth_token", token);
        }
        world.ask("PUT", "/api/v1/devices", body).expect(200);
    }

    private static boolean isKnown(String id) {
        return world.ask("GET", "/api/v1/devices/" + id, null).status() == 200;
    }

    @Test
    void gb24GB25AndGB29_strict() {
        trust("strict");
        made("gb24", "right");
        assertThat(poll("gb24", null).expect(401).detail())
                .isEqualTo("Device authentication token is required in strict mode.");
        assertThat(poll("gb24", null).headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(poll("gb24-new", "TargetToken x").expect(401).detail())
                .isEqualTo("Cannot register a new device in strict mode.");
        assertThat(isKnown("gb24-new")).isFalse();
        assertThat(poll("gb24", "TargetToken wrong").expect(401).detail()).isEqualTo(NO_MATCH);
        JsonNode unheard = world.get("/api/v1/devices/gb24").json();
        assertThat(unheard.path("last_seen").isNull())
                .as("a refused request is no contact")
                .isTrue();
        poll("gb24", "TargetToken right").expect(200);
        assertThat(world.get("/api/v1/devices/gb24").json().path("last_seen").isNull())
                .isFalse();

        made("gb25", null);
        assertThat(poll("gb25", "TargetToken x").expect(401).detail()).isEqualTo(NO_MATCH);

        poll("gb24", "GatewayToken right").expect(401);
        poll("gb24", "targettoken right").expect(401);
    }

    @Test
    void gb26_lax() {
        trust("lax");
        made("gb26", "right");
        poll("gb26-new", null).expect(200);
        assertThat(isKnown("gb26-new")).isTrue();
        poll("gb26", null).expect(401);
        poll("gb26", "TargetToken right").expect(200);
        poll("gb26", "TargetToken wrong").expect(401);
        assertThat(poll("gb26-new", "TargetToken x").expect(401).detail())
                .as("nothing stored, so it has to come without one")
                .isEqualTo(NO_MATCH);
        poll("gb26-token", "TargetToken x").expect(401);
        assertThat(isKnown("gb26-token"))
                .as("nobody who is refused is made known")
                .isFalse();
        for (String rest : List.of("/configData", "/deploymentBase/1", "/deploymentBase/1/feedback", "/download")) {
            String method = rest.endsWith("Data") ? "PUT" : rest.endsWith("back") ? "POST" : "GET";
            world.send(method, "/T1/controller/v1/gb26-token" + rest, null, "TargetToken x")
                    .expect(401);
        }
        assertThat(isKnown("gb26-token")).isFalse();
    }

    @Test
    void gb27_setup() {
        trust("setup");
        poll("gb27", null).expect(200);
        assertThat(token("gb27").isNull()).isTrue();
        poll("gb27", "TargetToken t1").expect(200);
        assertThat(token("gb27").asString()).as("only its digest is known").isEqualTo("***");
        isStored("gb27", "t1");
        poll("gb27", "TargetToken t2").expect(200);
        isStored("gb27", "t2");
        poll("gb27", null).expect(200);
        isStored("gb27", "t2");
        poll("gb27", "TargetToken " + "x".repeat(129)).expect(422);
        poll("gb27", "TargetToken " + "x".repeat(128)).expect(200);
    }

    /** Contract §6: an empty token clears the field, which in the original nothing can. */
    @Test
    void anEmptyTokenTakesTheTokenAway() {
        trust("strict");
        made("cleared", "right");
        poll("cleared", "TargetToken right").expect(200);
        assertThat(token("cleared").asString()).isEqualTo("***");

        world.patch("cleared", Map.of("auth_token", "***")).expect(200);
        poll("cleared", "TargetToken right").expect(200);

        world.patch("cleared", Map.of("auth_token", "")).expect(200);
        assertThat(token("cleared").isNull()).isTrue();
        assertThat(poll("cleared", "TargetToken right").expect(401).detail())
                .as("as GB-25: nothing is stored that it could match")
                .isEqualTo(NO_MATCH);
        world.patch("cleared", Map.of("auth_token", "")).expect(200);

        trust("lax");
        poll("cleared", "TargetToken right").expect(401);
        poll("cleared", null).expect(200);

        trust("setup");
        poll("cleared", "TargetToken next").expect(200);
        isStored("cleared", "next");

        Map<String, Object> body = Map.of("devices", List.of("cleared"), "auth_token", "");
        world.ask("PUT", "/api/v1/devices", body).expect(200);
        assertThat(token("cleared").isNull()).as("PUT takes it away, too").isTrue();
        trust("strict");
        poll("cleared", "TargetToken next").expect(401);
    }

    private static JsonNode token(String id) {
        return world.get("/api/v1/devices/" + id).json().path("auth_token");
    }

    private static void isStored(String id, String token) {
        trust("strict");
        poll(id, "TargetToken " + token).expect(200);
        trust("setup");
    }

    @Test
    void gb28_external() throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            boolean good = body.equals("{\"key\":\"good\"}") || "Bearer good".equals(header);
            exchange.sendResponseHeaders(good ? 200 : 403, -1);
            exchange.close();
        });
        service.start();
        String url = "http://127.0.0.1:" + service.getAddress().getPort() + "/";
        try {
            for (boolean bearer : List.of(false, true)) {
                world.rules(Map.of(
                        "pollingTime",
                        "00:01:00",
                        "trust",
                        "external",
                        "external",
                        Map.of("url", url, "bearer", bearer, "jsonKey", "key")));
                String id = "gb28-" + bearer;
                poll(id, null).expect(401);
                assertThat(poll(id, "TargetToken bad").expect(401).detail())
                        .isEqualTo("Error: 401: Device authentication token is invalid.");
                assertThat(isKnown(id)).isFalse();
                poll(id, "TargetToken good").expect(200);
                assertThat(isKnown(id)).isTrue();
            }
        } finally {
            service.stop(0);
        }
        assertThat(poll("gb28-none", "TargetToken other").expect(401).detail())
                .startsWith("Error communicating with authentication service: ");
    }

    @Test
    void gb44And45_onePlaceAndTwoTenants() {
        trust("lax");
        int software = world.software("44.0", "");
        world.rollout("gb44", software);
        for (String id : List.of("gb44-a", "gb44-b", "gb44-c")) {
            poll(id, null).expect(200);
            world.send("PUT", "/T1/controller/v1/" + id + "/configData", Map.of("data", Map.of()), null)
                    .expect(200);
            world.patch(id, Map.of("feed", "gb44")).expect(200);
        }
        String feedback = "/T1/controller/v1/gb44-a/deploymentBase/" + software;
        world.send("GET", feedback, null, null).expect(200);
        world.send("POST", feedback + "/feedback", GoosebitWorld.said("proceeding", "none"), null)
                .expect(200);
        assertThat(poll("gb44-a", null).text()).contains("deploymentBase");
        assertThat(poll("gb44-b", null).text()).doesNotContain("deploymentBase");
        assertThat(poll("gb44-c", null).text()).doesNotContain("deploymentBase");
        world.send("POST", feedback + "/feedback", GoosebitWorld.said("closed", "success"), null)
                .expect(200);
        assertThat(poll("gb44-b", null).text()).contains("deploymentBase");

        Answer second = world.send("GET", "/T2/controller/v1/gb45", null, null).expect(200);
        assertThat(second.text()).contains("/goosebit/T2/controller/v1/gb45/configData");
        world.send("GET", "/DEFAULT/controller/v1/gb45", null, null).expect(404);
        world.send("GET", "/t2/controller/v1/gb45", null, null).expect(200);
    }
}
