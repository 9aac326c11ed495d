package dev.muster.config.snapd;

import static dev.muster.config.snapd.ConfdbHouse.DEVICE_TOKEN;
import static dev.muster.config.snapd.ConfdbHouse.NEW_TOKEN;
import static dev.muster.config.snapd.ConfdbHouse.ROBOT;
import static dev.muster.config.snapd.FakeStore.LAB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.SecretsEvent.SecretsRead;
import dev.muster.config.SecretsEvent.Way;
import dev.muster.identity.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Sinks;

/** Who may do what over TCP (contract §11). */
@Timeout(60)
class AccessTest {

    @AutoClose
    private static final ConfdbHouse house = new ConfdbHouse(ConfdbSettings.DEFAULTS.as(Generation.V2_68));

    private static final String ALL = "confdb/" + LAB + "/all";
    private static final String KEY = "confdb/" + LAB + "/key";

    @BeforeEach
    void values() {
        house.local(Generation.V2_74, "PUT", ALL, "{\"host\":\"a\",\"wifi.ssid\":\"x\",\"wifi.key\":\"hush\"}")
                .change();
        house.store.commands.clear();
        house.store.provenances.clear();
        house.audited.clear();
        house.auditors.clear();
    }

    @AfterEach
    void forget() {
        house.store.forget();
        house.tokens.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nobody", "TargetToken other", "GatewayToken other", "Basic YTpi", "Bearer ", "x"})
    void nobodyComesInWithoutACredential(String authorization) {
        Answer answer = house.remote(authorization, "GET", ALL, null);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.kind()).isEqualTo("login-required");
        assertThat(answer.headers()).containsKey("www-authenticate");
        assertThat(house.remote(null, "GET", ALL, null).status()).isEqualTo(401);
    }

    @Test
    void aTokenThatWasGivenAMomentAgoIsGoodAtOnce() {
        house.hasReadOn = false;
        assertThat(house.remote(NEW_TOKEN, "GET", KEY, null).status()).isEqualTo(200);
        assertThat(house.hasReadOn).isTrue();
    }

    @Test
    void noConnectionWaitsForWhatAStrangerBrings() {
        house.hasHeldUpConnections = false;
        assertThat(house.remote("TargetToken other", "GET", KEY, null).status()).isEqualTo(401);
        assertThat(house.hasHeldUpConnections).isFalse();
    }

    @Test
    void ofUnknownTokensOnlySomeAreWaitedFor() throws Exception {
        Sinks.Empty<Void> readOn = Sinks.empty();
        house.standstill = readOn.asMono();
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            try {
                for (int i = 0; i < Trust.DOUBTED_MAX; i++) {
                    answers.add(strangers.submit(() ->
                            house.remote("TargetToken other", "GET", KEY, null).status()));
                }
                while (house.waiting.get() < Trust.DOUBTED_MAX) {
                    Thread.sleep(5);
                }
                assertThat(house.remote("TargetToken other", "GET", KEY, null).status())
                        .as("one more is answered although nothing is read")
                        .isEqualTo(401);
                assertThat(house.remote(DEVICE_TOKEN, "GET", KEY, null).status())
                        .as("whoever is known comes in")
                        .isEqualTo(200);
            } finally {
                house.standstill = null;
                readOn.tryEmitEmpty();
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(401);
            }
        }
        house.hasReadOn = false;
        assertThat(house.remote(NEW_TOKEN, "GET", KEY, null).status())
                .as("all their places are free again")
                .isEqualTo(200);
    }

    @Test
    void theDeviceIsRootInItsOwnHouse() {
        assertThat(house.remote(DEVICE_TOKEN, "GET", KEY, null).brief()).isEqualTo("200 {\"key\":\"hush\"}");
        house.remote(DEVICE_TOKEN, "PUT", ALL, "{\"host\":\"b\"}").change();
        assertThat(house.store.provenances.peek())
                .containsEntry("actor", "device:robot")
                .containsEntry("address", "127.0.0.1");
        assertThat(house.audited).isEmpty();
        assertThat(house.heartbeats.lastHeard(ROBOT)).isEqualTo(house.clock.instant());
        assertThat(house.remote(DEVICE_TOKEN, "other", "GET", ALL, null).status())
                .isEqualTo(401);
    }

    @Test
    void aGatewaySpeaksForADevice() {
        house.remote("GatewayToken gate", "PUT", ALL, "{\"host\":\"b\"}").change();
        assertThat(house.store.provenances.peek()).containsEntry("actor", "gateway:robot");
    }

    @Test
    void aReaderSeesNoSecretsAndWritesNothing() {
        String reader = house.bearer("reader", Set.of(Permission.CONFIG_READ));
        assertThat(house.remote(reader, "GET", ALL, null).brief())
                .isEqualTo("200 {\"host\":\"a\",\"wifi\":{\"ssid\":\"x\"}}");
        assertThat(house.remote(reader, "GET", KEY, null).status()).isEqualTo(403);
        assertThat(house.remote(reader, "PUT", ALL, "{\"host\":\"b\"}").status())
                .isEqualTo(403);
        assertThat(house.store.commands).isEmpty();
        assertThat(house.audited).isEmpty();
    }

    @Test
    void whoReadsSecretsIsOnRecord() {
        String keeper = house.bearer("keeper", Set.of(Permission.CONFIG_READ, Permission.CONFIG_SECRETS));
        assertThat(house.remote(keeper, "GET", ALL + "?fields=wifi", null).brief())
                .isEqualTo("200 {\"wifi\":{\"key\":\"hush\",\"ssid\":\"x\"}}");
        assertThat(house.audited)
                .containsExactly(new SecretsRead(LAB, house.bag(LAB).layer(), "all", List.of("wifi"), Way.VIEW));
        assertThat(house.auditors).containsExactly("token:keeper");
        house.remote(keeper, "GET", ALL + "?fields=host", null);
        assertThat(house.audited).hasSize(1);
        house.remote(keeper, "GET", KEY, null);
        assertThat(house.audited).hasSize(2);
    }

    @Test
    void aWriterNeedNotBeAReader() {
        String writer = house.bearer("writer", Set.of(Permission.CONFIG_WRITE));
        house.remote(writer, "PUT", ALL, "{\"host\":\"b\"}").change();
        assertThat(house.store.provenances.peek()).containsEntry("actor", "token:writer");
        assertThat(house.remote(writer, "GET", ALL, null).status()).isEqualTo(403);
    }

    @Test
    void aScopeIsForItsViewAlone() {
        String one = house.bearer("one", Set.of(), "registry:read:lab/all", "registry:write:acme/lab/key");
        assertThat(house.remote(one, "GET", ALL, null).brief())
                .isEqualTo("200 {\"host\":\"a\",\"wifi\":{\"ssid\":\"x\"}}");
        assertThat(house.remote(one, "GET", KEY, null).status()).isEqualTo(403);
        assertThat(house.remote(one, "GET", "confdb/" + LAB + "/nope", null).status())
                .isEqualTo(403);
        assertThat(house.remote(one, "PUT", ALL, "{\"host\":\"b\"}").status()).isEqualTo(403);
        house.remote(one, "PUT", KEY, "{\"key\":\"other\"}").change();
        assertThat(house.remote(one, "GET", "snaps/agent/conf", null).status()).isEqualTo(403);
    }

    @Test
    void aScopeForSecretsOpensWhatMayBeReadAnyway() {
        String one = house.bearer("one", Set.of(), "registry:read:lab/all", "registry:secrets");
        assertThat(house.remote(one, "GET", ALL + "?fields=wifi.key", null).brief())
                .isEqualTo("200 {\"wifi.key\":\"hush\"}");
        assertThat(house.audited).hasSize(1);
        assertThat(house.remote(one, "GET", KEY, null).status()).isEqualTo(403);
    }

    @Test
    void aDeviceThatIsNoneIsNotFound() {
        String all = house.bearer("all", Set.of(Permission.CONFIG_READ, Permission.CONFIG_WRITE));
        assertThat(house.remote(all, "other", "GET", ALL, null).status()).isEqualTo(404);
        assertThat(house.remote(all, "other", "PUT", ALL, "{\"host\":\"b\"}").status())
                .isEqualTo(404);
        assertThat(house.remote(all, "%20", "GET", ALL, null).status()).isEqualTo(400);
        assertThat(house.store.commands).isEmpty();
    }

    @Test
    void aChangeIsToldToWhoMadeItAndToTheDevice() {
        String ann = house.bearer("ann", Set.of(Permission.CONFIG_WRITE));
        String bob = house.bearer("bob", Set.of(Permission.CONFIG_WRITE, Permission.CONFIG_READ));
        String change = house.remote(ann, "PUT", ALL, "{\"host\":\"b\"}").change();
        assertThat(house.remote(ann, "GET", "changes/" + change, null).status()).isEqualTo(200);
        assertThat(house.remote(bob, "GET", "changes/" + change, null).status()).isEqualTo(404);
        assertThat(house.remote(DEVICE_TOKEN, "GET", "changes/" + change, null).status())
                .isEqualTo(200);
        assertThat(house.local(Generation.V2_74, "GET", "changes/" + change, null)
                        .status())
                .isEqualTo(200);
        assertThat(house.remote("GatewayToken gate", "other", "GET", "changes/" + change, null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void otherPathsAreSomebodyElses() {
        for (String path : new String[] {
            "/registries/devices/robot/wanted/acme/lab", "/registries/devices//v2/x", "/registries/devices/robot/v2x",
            "/registries/devices/robot", "/registries/state/x/", "/v2/confdb/acme/lab/all"
        }) {
            assertThat(ConfdbHandler.serves(path)).as(path).isFalse();
        }
        assertThat(ConfdbHandler.serves("/registries/devices/robot/v2/")).isTrue();
    }
}
