package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.simulator.AgentFault;
import dev.muster.apps.simulator.DeviceFile;
import dev.muster.apps.simulator.SimulatedAgent;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What devices prove outside of their session: tunnels and images; contract F (7), D.6, D.9, vectors G-30 and G-31. */
class TunnelsAndImagesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static AppsWorld world;
    private static DeviceFile file;
    private static SimulatedAgent agent;

    @BeforeAll
    static void start() {
        world = AppsWorld.start("--muster.apps.tunnel-port-first=31000", "--muster.apps.tunnel-port-last=31003");
        file = world.enrol("tunneller");
        agent = world.agent(file);
        AppsWorld.until(agent::isUp);
        world.app("remote", Map.of(), "1.0.0");
        world.want(
                "tunneller",
                "remote",
                Map.of(
                        "target",
                        "running",
                        "ports",
                        List.of(
                                Map.of("name", "ssh", "port", 22, "protocol", "tcp", "active", true),
                                Map.of("name", "web", "port", 8080, "protocol", "http", "active", true))));
        world.untilReported("tunneller", "remote", "running", "1.0.0");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static String proof(String secret, long key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(("tunnel-authz:v1:" + key).getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode plugin(String op, Map<String, ?> content) {
        String body = JSON.writeValueAsString(Map.of("version", "0.1.0", "op", op, "content", content));
        HttpResponse<String> answer = world.as(null, "POST", "/wamp/frps?version=0.1.0&op=" + op, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static Map<String, ?> user(String proof) {
        return Map.of("user", "", "metas", Map.of("tunnel_proof", proof), "run_id", "r");
    }

    private static boolean isRejected(Map<String, ?> proxy) {
        JsonNode answer = plugin("NewProxy", proxy);
        if (!answer.path("reject").asBoolean()) {
            assertThat(answer.path("unchange").asBoolean()).isTrue();
            return false;
        }
        assertThat(answer.path("reject_reason").asString("")).isNotEmpty();
        return true;
    }

    @Test
    void aTunnelsPortIsGivenOutReportedAndKept() {
        world.untilLine(
                "tunneller",
                "remote",
                line -> line.path("reported")
                                .path("ports")
                                .path(0)
                                .path("remotePort")
                                .asInt(0)
                        >= 31_000);
        JsonNode ports = world.line("tunneller", "remote").path("reported").path("ports");
        assertThat(ports.path(0).path("hostPort").asInt()).isGreaterThanOrEqualTo(40_000);
        AppsWorld.until(() -> states("tunneller").equals(List.of("22 open", "8080 open")));
        JsonNode first = tunnels("tunneller").path(0);
        assertThat(first.path("app").asString()).isEqualTo("remote");
        assertThat(first.path("url").asString()).startsWith("tcp://");
        assertThat(first.path("remotePort").asInt()).isBetween(31_000, 31_003);
        assertThat(tunnels("tunneller").path(1).path("protocol").asString()).isEqualTo("http");
    }

    private static JsonNode tunnels(String device) {
        return world.server.get("/api/v1/devices/" + device + "/tunnels").path("items");
    }

    private static List<String> states(String device) {
        return tunnels(device)
                .valueStream()
                .map(each ->
                        each.path("port").asInt() + " " + each.path("state").asString())
                .toList();
    }

    @Test
    void tunnelsOfADeviceThatIsAwayAreListedAsThat() {
        SimulatedAgent leaver = world.up("leaver");
        assertThat(tunnels("leaver")).isEmpty();
        Map<String, ?> web = Map.of("name", "web", "port", 8080, "protocol", "http", "active", true, "public", true);
        world.want("leaver", "remote", Map.of("target", "running", "ports", List.of(web)));
        world.untilReported("leaver", "remote", "running", "1.0.0");
        AppsWorld.until(() -> states("leaver").equals(List.of("8080 open")));
        leaver.close();
        AppsWorld.until(() -> states("leaver").equals(List.of("8080 away")));
        JsonNode away = tunnels("leaver").path(0);
        assertThat(away.has("url")).isFalse();
        assertThat(away.path("public").asBoolean()).isTrue();
        assertThat(world.server
                        .send("GET", "/api/v1/devices/nobody/tunnels", null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theTunnelServerIsToldWhoseATunnelIs() throws Exception {
        String right = proof(file.secret(), file.key());
        String name = file.key() + "-remote-8080";
        Map<String, ?> proxy =
                Map.of("user", user(right), "proxy_name", name + "-http", "proxy_type", "http", "subdomain", name);
        assertThat(isRejected(proxy)).isFalse();
        String other = proof("3q2+7wAAAAAAAAAAAAAAAA==", file.key());
        assertThat(isRejected(Map.of(
                        "user", user(other), "proxy_name", name + "-http", "proxy_type", "http", "subdomain", name)))
                .isTrue();
        String alien = file.key() + 1 + "-remote-8080";
        assertThat(isRejected(Map.of(
                        "user", user(right), "proxy_name", alien + "-http", "proxy_type", "http", "subdomain", alien)))
                .isTrue();
        assertThat(isRejected(Map.of(
                        "user", user(right), "proxy_name", name + "-http", "proxy_type", "http", "subdomain", alien)))
                .isTrue();
        assertThat(plugin("Login", Map.of("metas", Map.of())).path("reject").asBoolean())
                .isTrue();
        assertThat(plugin("Login", Map.of("metas", Map.of("tunnel_proof", right)))
                        .path("reject")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aPortAtTheTunnelServerIsOneDevicesOwn() throws Exception {
        String right = proof(file.secret(), file.key());
        String name = file.key() + "-remote-22-tcp";
        JsonNode port = agent.call("re.tunnel.expose_port", List.of(Map.of("port", 31_003, "protocol", "tcp")));
        int mine = port.path(3).path(0).path("remote_port").asInt();
        assertThat(mine).isEqualTo(31_003);
        assertThat(isRejected(
                        Map.of("user", user(right), "proxy_name", name, "proxy_type", "tcp", "remote_port", mine)))
                .isFalse();
        assertThat(isRejected(Map.of("user", user(right), "proxy_name", name, "proxy_type", "tcp", "remote_port", 9)))
                .isTrue();
        SimulatedAgent another = world.up("another");
        assertThat(refused(another, 31_003)).contains("another device");
        assertThat(refused(another, 22)).contains("31000");
    }

    /** When this server begins anew it takes ports for those that report them. */
    @Test
    void aPortThatWasGivenToAnotherCannotBeReported() throws Exception {
        SimulatedAgent thief = world.up("thief");
        agent.call("re.tunnel.expose_port", List.of(Map.of("port", 31_002, "protocol", "tcp")));
        long key = world.server.get("/api/v1/apps/remote").path("key").asLong();
        thief.call(
                "reswarm.containers.update_app_on_device",
                List.of(Map.of("app_key", key, "stage", "DEV", "state", "RUNNING", "updateStatus", "")));
        thief.call(
                "reswarm.containers.update_app_on_device",
                List.of(Map.of(
                        "app_key",
                        key,
                        "stage",
                        "DEV",
                        "ports",
                        List.of(Map.of("port", 22, "protocol", "tcp", "active", true, "remote_port", 31_002)))));
        world.untilLine(
                "thief",
                "remote",
                line -> line.path("reported").path("ports").path(0).path("port").asInt(0) == 22);
        assertThat(world.line("thief", "remote")
                        .path("reported")
                        .path("ports")
                        .path(0)
                        .path("remotePort")
                        .asInt(-1))
                .isZero();
    }

    private static String refused(SimulatedAgent by, int port) throws InterruptedException {
        try {
            return by.call("re.tunnel.expose_port", List.of(Map.of("port", port, "protocol", "tcp")))
                    .toString();
        } catch (AgentFault e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static HttpResponse<String> token(String login, String password, String scope) {
        String shown = Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
        return world.as("Basic " + shown, "GET", "/wamp/registry-token?service=images&scope=" + scope, "");
    }

    @Test
    void aDevicePullsItsOwnAppsImagesAndNoOthers() throws Exception {
        String login = agent.call("reswarm.containers.get_registry_token", List.of(Map.of("callerID", 1)))
                .path(3)
                .path(0)
                .asString();
        long key = world.server.get("/api/v1/apps/remote").path("key").asLong();
        String own = "repository:apps/prod_amd64_" + key + "_remote:pull,push";
        HttpResponse<String> answer = token(login, file.secret(), own);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode claims = claims(JSON.readTree(answer.body()).path("token").asString());
        assertThat(claims.path("aud").asString()).isEqualTo("images");
        assertThat(claims.path("access").path(0).path("actions")).hasSize(1);
        assertThat(claims.path("access").path(0).path("actions").path(0).asString())
                .isEqualTo("pull");
        String alien = "repository:apps/prod_amd64_" + (key + 1) + "_other:pull";
        assertThat(claims(JSON.readTree(token(login, file.secret(), alien).body())
                                .path("token")
                                .asString())
                        .path("access"))
                .isEmpty();
        assertThat(token(login, "wrong", own).statusCode()).isEqualTo(401);
        assertThat(token("1.1.9999999999." + "A".repeat(43), file.secret(), own).statusCode())
                .isEqualTo(401);
        assertThat(world.as(null, "GET", "/wamp/registry-token", "").headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("Basic"));
    }

    /** What a device says of itself opens nothing: else one of them could put its own image in place of everybody's. */
    @Test
    void aDeviceThatSaysToHaveOrToBuildAnAppGetsNoneOfItsImages() throws Exception {
        world.app("coveted", Map.of(), "1.0.0");
        long key = world.server.get("/api/v1/apps/coveted").path("key").asLong();
        for (String stage : List.of("PROD", "DEV")) {
            agent.call(
                    "reswarm.containers.update_app_on_device",
                    List.of(Map.of("app_key", key, "stage", stage, "state", "PRESENT", "updateStatus", "")));
        }
        // Both are known here when the later one is.
        AppsWorld.until(() -> world.server
                .get("/api/v1/devices/tunneller/apps")
                .path("items")
                .valueStream()
                .anyMatch(line -> line.path("app").asString("").equals("coveted")
                        && line.path("stage").asString("").equalsIgnoreCase("dev")));
        String login = agent.call("reswarm.containers.get_registry_token", List.of(Map.of("callerID", 1)))
                .path(3)
                .path(0)
                .asString();
        String image = "repository:apps/prod_amd64_" + key + "_coveted:pull,push";
        HttpResponse<String> answer = token(login, file.secret(), image);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(claims(JSON.readTree(answer.body()).path("token").asString()).path("access"))
                .isEmpty();
    }

    /** As the registry does: by the key that this server shows. */
    private static JsonNode claims(String token) throws Exception {
        String[] parts = token.split("\\.");
        JsonNode key = JSON.readTree(
                        world.as(null, "GET", "/wamp/registry-keys", "").body())
                .path("keys")
                .path(0);
        Base64.Decoder decoder = Base64.getUrlDecoder();
        JsonNode header = JSON.readTree(decoder.decode(parts[0]));
        assertThat(header.path("kid").asString()).isEqualTo(key.path("kid").asString());
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
                new BigInteger(1, decoder.decode(key.path("x").asString())),
                new BigInteger(1, decoder.decode(key.path("y").asString())));
        PublicKey open = KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(open);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(decoder.decode(parts[2]))).isTrue();
        return JSON.readTree(decoder.decode(parts[1]));
    }
}
