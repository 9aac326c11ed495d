package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Ids;
import dev.muster.testing.Changed;
import dev.muster.updates.UpdateSettings.External;
import dev.muster.updates.UpdateSettings.Trust;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The trust modes (gooseBit contract §2.4) and certificates, over real HTTP. */
class TrustTest {

    private static final String TOKEN = "0123456789abcdef";

    @AutoClose
    private static final House house = new House();

    private static void trust(Trust trust, External external, boolean certificates) {
        house.change(
                "trust",
                trust,
                "external",
                external,
                "certificateHeader",
                certificates,
                "authorities",
                List.of("issuer"));
    }

    private static int poll(String id, String... headers) {
        return house.send("GET", path(id), null, headers).statusCode();
    }

    private static int withToken(String id, String token) {
        return poll(id, "Authorization", "TargetToken " + token);
    }

    @Test
    void strictTakesTheDevicesOwnTokenOnly() {
        trust(Trust.STRICT, null, true);
        house.device("strict", TOKEN);
        house.device("bare", null);

        assertThat(poll("strict")).isEqualTo(401);
        assertThat(withToken("strict", TOKEN)).isEqualTo(200);
        assertThat(withToken("strict", "wrong")).isEqualTo(401);
        assertThat(withToken("bare", TOKEN)).isEqualTo(401);
        assertThat(withToken("nobody", TOKEN)).isEqualTo(401);
        assertThat(poll("strict", "Authorization", "GatewayToken " + House.GATEWAY))
                .isEqualTo(401);
        assertThat(poll("strict", "X-Controller-Id", "strict", "X-Authority", "issuer"))
                .isEqualTo(401);
        assertThat(poll("strict", "Authorization", "targettoken " + TOKEN)).isEqualTo(401);
        assertThat(house.desk.find("nobody")).isNull();
    }

    @Test
    void laxLetsDevicesWithoutATokenComeWithoutOne() {
        trust(Trust.LAX, null, false);
        house.device("keyed", TOKEN);
        house.device("open", null);

        assertThat(poll("open")).isEqualTo(200);
        assertThat(poll("keyed")).isEqualTo(401);
        assertThat(withToken("keyed", TOKEN)).isEqualTo(200);
        assertThat(withToken("keyed", "wrong")).isEqualTo(401);
        assertThat(withToken("open", TOKEN)).isEqualTo(401);
        assertThat(poll("lax-new")).isEqualTo(200);
        assertThat(house.desk.find("lax-new")).isNotNull();
        assertThat(withToken("lax-unknown", TOKEN)).isEqualTo(401);
        assertThat(house.desk.find("lax-unknown")).isNull();
    }

    @Test
    void setupStoresWhateverTokenComes() {
        trust(Trust.SETUP, null, false);

        assertThat(poll("raw")).isEqualTo(200);
        assertThat(house.desk.find("raw").credential).isNull();
        assertThat(withToken("raw", "t1")).isEqualTo(200);
        assertThat(house.desk.find("raw").credential).isEqualTo(Digest.parse(Ids.digest("t1")));
        assertThat(withToken("raw", "t2")).isEqualTo(200);
        assertThat(poll("raw")).isEqualTo(200);
        assertThat(house.desk.find("raw").credential).isEqualTo(Digest.parse(Ids.digest("t2")));
        assertThat(withToken("raw", "x".repeat(129))).isEqualTo(401);
        assertThat(withToken("new-with-token", "t3")).isEqualTo(200);
        assertThat(house.desk.find("new-with-token").credential).isEqualTo(Digest.parse(Ids.digest("t3")));
    }

    @Test
    void externalAsksTheOtherService() {
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        DisposableServer service = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("")
                        .flatMapMany(body -> {
                            String bearer = request.requestHeaders().get("Authorization", "");
                            asked.add(body + bearer + "@"
                                    + request.requestHeaders().get("X-Controller-Id"));
                            boolean good = (body + bearer).contains("good");
                            return response.status(good ? 200 : 403).sendString(Mono.just("x"));
                        }))
                .bindNow();
        String url = "http://127.0.0.1:" + service.port() + "/check";
        try {
            trust(Trust.EXTERNAL, new External(url, false, "secret"), false);
            assertThat(withToken("ext-1", "good-1")).isEqualTo(200);
            assertThat(withToken("ext-2", "bad")).isEqualTo(401);
            assertThat(poll("ext-1")).isEqualTo(401);
            assertThat(asked).contains("{\"secret\":\"good-1\"}@ext-1");
            assertThat(house.desk.find("ext-1")).isNotNull();
            assertThat(house.desk.find("ext-2")).isNull();

            trust(Trust.EXTERNAL, new External(url, true, "token"), false);
            assertThat(withToken("ext-3", "good-3")).isEqualTo(200);
            assertThat(asked).contains("Bearer good-3@ext-3");
        } finally {
            service.disposeNow();
        }
        trust(Trust.EXTERNAL, new External("http://127.0.0.1:1/nobody", false, "token"), false);
        assertThat(withToken("ext-4", "good-4")).isEqualTo(401);
        assertThat(withToken("ext-3", "good-3"))
                .as("another service was asked for that")
                .isEqualTo(401);
    }

    @Test
    void aFingerprintFromTheProxyIsADevicesCredential() {
        trust(Trust.REGISTERED, null, true);
        String fingerprint = "ab".repeat(32);
        house.device("mtls", "certificate:" + fingerprint);
        String colons = "AB:".repeat(31) + "AB";

        assertThat(poll("mtls", "X-Ssl-Client-Fingerprint", colons)).isEqualTo(200);
        assertThat(poll("mtls", "X-Ssl-Client-Fingerprint", "cd".repeat(32))).isEqualTo(401);
        assertThat(withToken("mtls", "certificate:" + fingerprint))
                .as("a fingerprint is no secret")
                .isEqualTo(401);
        trust(Trust.REGISTERED, null, false);
        assertThat(poll("mtls", "X-Ssl-Client-Fingerprint", colons)).isEqualTo(401);
    }

    @Test
    void onlyTrustedProxiesMaySpeakOfCertificates() {
        DdiSettings distant = Changed.copy(
                DdiSettings.DEFAULTS, "trustedProxies", List.of("203.0.113.1"), "onlyThroughProxies", true);
        try (House guarded = new House(distant)) {
            assertThat(guarded.get(path("x")).statusCode()).isEqualTo(401);
        }
    }
}
