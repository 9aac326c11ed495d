package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.History;
import dev.muster.kernel.Ids;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Vault;
import dev.muster.lab.LabWorld.Answer;
import dev.muster.lab.LabWorld.Person;
import dev.muster.testing.HandClock;
import dev.muster.testing.OpenSsh;
import dev.muster.testing.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Contract §11.9: tokens over the lab's wire, and the way to a first one through the controller's own ssh server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LabTokensTest {

    /** What events are stamped with, and what ends of reservations are held against. */
    private static final Clock USUAL = GenericEventMessage.clock;

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final Path LAUNCHER =
            Path.of("../../muster").toAbsolutePath().normalize();

    @TempDir
    static Path dir;

    private static HandClock clock;
    private static Path keys;
    private static LabWorld world;
    private static Programs programs;

    @BeforeAll
    static void start() throws Exception {
        clock = HandClock.running();
        GenericEventMessage.clock = clock;
        programs = new Programs(dir.resolve("programs.log"));
        keys = Files.createFile(
                dir.resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        LabScript script = new LabScript(dir.resolve("lab"));
        script.answers("{\"exec\":[\"/usr/bin/env\"]}");
        world = LabWorld.startWith(
                Map.of("clock", clock),
                "setup_script = " + script.path() + "\n" + LabWorld.boards("cora", 3),
                "--muster.lab.ssh-keys=" + keys);
    }

    @AfterAll
    static void stop() {
        GenericEventMessage.clock = USUAL;
        programs.close();
        if (world != null) {
            world.close();
        }
    }

    private static Answer mine(Person who) {
        return world.bitelab("GET", "/board/?mine=true", null, who);
    }

    private static LabSocket sleeping(String board, Person who) {
        LabSocket socket = world.open("/board/" + board + "/exec/ws", who, "bitelab.exec.v1");
        socket.say("{\"cmd\":\"exec\",\"args\":[\"sleep\",\"600\"]}");
        socket.json(0);
        return socket;
    }

    @Test
    @Order(1)
    void onlyADigestIsKept() {
        Person ann = world.again(world.ann);
        mine(ann).expect(200);
        String secret = ann.token().substring(ann.token().lastIndexOf('_') + 1);
        assertThat(secret).hasSizeGreaterThanOrEqualTo(43);

        List<Recorded> history = world.server
                .bean(History.class)
                .before(world.server.bean(Positions.class).committed() + 1, 10_000);
        assertThat(history.toString())
                .contains(Ids.digest(ann.token()))
                .doesNotContain(secret)
                .doesNotContain(ann.token());
        world.server.bean(Vault.class).scan("").forEach((key, value) -> assertThat(
                        key + new String(value, StandardCharsets.ISO_8859_1))
                .doesNotContain(secret));
        assertThat(world.api("GET", "/tokens?all=true", null, null).status()).isEqualTo(401);
        assertThat(world.server.get("/api/v1/tokens?all=true").toString())
                .contains(ann.tokenId())
                .doesNotContain(secret);
    }

    @Test
    @Order(2)
    void whatIsMissingUnknownOrRevokedIsRefusedInOneText() {
        Person ann = world.again(world.ann);
        world.bitelab("DELETE", "/auth/token", null, ann).expect(204);

        Answer none = world.bitelab("GET", "/board/", null, null);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(mine(ann).text()).isEqualTo(none.text());
        assertThat(mine(new Person("x", "", "mst_unknown", "")).text()).isEqualTo(none.text());
        assertThatThrownBy(() -> world.open("/board/cora-1/ssh/ws", ann))
                .isInstanceOfSatisfying(
                        LabSocket.Refused.class, it -> assertThat(it.status).isEqualTo(401));
    }

    @Test
    @Order(3)
    void revokingClosesTheChannelsOfThatTokenOnlyAndTheReservationStays() {
        Person other = world.again(world.ann);
        world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.ann).expect(200);
        LabSocket kept = sleeping("cora-1", world.ann);
        LabSocket gone = sleeping("cora-1", other);

        world.bitelab("DELETE", "/auth/tokens/" + other.tokenId(), null, world.boss)
                .expect(204);

        assertThat(gone.closeCode(Duration.ofSeconds(3))).isEqualTo(4401);
        assertThat(kept.isOpen()).isTrue();
        assertThat(world.board("cora-1").path("reservation").path("user").asString())
                .isEqualTo("ann");
        kept.close();
        world.bitelab("POST", "/board/cora-1/release", null, world.ann).expect(200);
    }

    @Test
    @Order(4)
    void aTokenMakesAShortOneNoWiderAndNoLongerThanAllowed() {
        JsonNode made = world.bitelab("POST", "/auth/token", Map.of("duration", "2h", "label", "ci"), world.ann)
                .expect(200)
                .json();
        Person brief = new Person(
                "ann",
                world.ann.id(),
                made.path("token").asString(),
                made.path("id").asString());
        assertThat(made.path("scopes").toString()).isEqualTo("[\"board:use\"]");
        assertThat(Duration.between(
                        clock.instant(), Instant.parse(made.path("expires").asString())))
                .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));
        mine(brief).expect(200);
        assertThat(world.bitelab("POST", "/auth/token", Map.of("duration", "25h"), world.ann)
                        .expect(422)
                        .code())
                .isEqualTo("over-limit");
        assertThat(world.bitelab("POST", "/auth/token", Map.of("scopes", List.of("board:admin")), world.ann)
                        .status())
                .isEqualTo(403);
        assertThat(world.bitelab("POST", "/board/cora-1/kick", null, brief).status())
                .isEqualTo(403);
        assertThat(world.bitelab("POST", "/auth/tokens", Map.of("user", "bob"), world.ann)
                        .status())
                .isEqualTo(403);
        JsonNode forBob = world.bitelab("POST", "/auth/tokens", Map.of("user", "bob"), world.boss)
                .expect(200)
                .json();
        assertThat(Duration.between(
                        clock.instant(), Instant.parse(forBob.path("expires").asString())))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
    }

    /** OpenSSH through {@code muster lab contssh}, which has no token. */
    @Test
    @Order(5)
    void whoeverHasAKnownSshKeyIsToldATokenOfTheirs() throws Exception {
        OpenSsh openSsh = new OpenSsh(programs, dir);
        Path key = openSsh.key("ann", "ed25519");
        Files.writeString(keys, Files.readString(Path.of(key + ".pub")));
        Map<String, String> environment = Map.of("MUSTER_URL", world.server.baseUrl(), "MUSTER_TOKEN", "");

        Programs.Result told = programs.run(
                environment,
                null,
                LONG_ENOUGH,
                OpenSsh.client("ssh", key, LAUNCHER + " lab contssh", "-l", "lab", "muster", "cat /etc/passwd"));

        assertThat(told.exit()).as(told.errors()).isZero();
        assertThat(told.text().lines()).hasSize(1);
        Person ann = new Person("ann", world.ann.id(), told.text().strip(), "");
        JsonNode reserved = world.bitelab("POST", "/board/cora-2/reserve", Map.of(), ann)
                .expect(200)
                .json();
        assertThat(reserved.path("reservation").path("user").asString()).isEqualTo("ann");
        assertThat(world.bitelab("POST", "/board/cora-2/kick", null, ann).status())
                .isEqualTo(403);
        world.bitelab("POST", "/board/cora-2/release", null, world.ann).expect(200);

        Programs.Result stranger = programs.run(
                environment,
                null,
                LONG_ENOUGH,
                OpenSsh.client(
                        "ssh", openSsh.key("stranger", "ed25519"), LAUNCHER + " lab contssh", "-l", "lab", "muster"));
        assertThat(stranger.exit()).isEqualTo(255);
        assertThat(stranger.text()).isEmpty();
    }

    @Test
    @Order(6)
    void theAnonymousTunnelReachesTheControllerOnlyAndOpensOnlySoOften() {
        for (String wish : List.of("", "?host=127.0.0.1&port=" + port(), "?target=127.0.0.1:" + port())) {
            LabSocket socket = world.open("/contssh/ws" + wish, null);
            Awaitility.await().atMost(LabWorld.WAIT).until(() -> socket.heard().startsWith("SSH-2.0-"));
            socket.close();
        }
        assertThatThrownBy(() -> world.open("/contssh/ws/127.0.0.1", null)).hasMessageContaining("404");
        int opened = 0;
        try {
            while (opened < 50) {
                world.open("/contssh/ws", null).close();
                opened++;
            }
        } catch (LabSocket.Refused refused) {
            assertThat(refused.status).isEqualTo(429);
        }
        assertThat(opened).isLessThan(50);
        mine(world.ann).expect(200);
    }

    private static int port() {
        return Integer.parseInt(
                world.server.baseUrl().substring(world.server.baseUrl().lastIndexOf(':') + 1));
    }

    /** Last, for the clock does not go back. */
    @Test
    @Order(7)
    void aTokenThatExpiresClosesItsChannelsAndTheReservationEndsAtItsOwnTime() {
        Person brief = world.withToken("bob", world.bob.id(), List.of("board:use"), "30m");
        JsonNode reserved = world.bitelab("POST", "/board/cora-3/reserve", Map.of("duration", "50m"), brief)
                .expect(200)
                .json();
        LabSocket socket = sleeping("cora-3", brief);
        String expires = reserved.path("reservation").path("expires").asString();

        clock.advance(Duration.ofMinutes(31));

        assertThat(socket.closeCode(Duration.ofSeconds(5))).isEqualTo(4401);
        assertThat(mine(brief).status()).isEqualTo(401);
        JsonNode kept = world.board("cora-3");
        assertThat(kept.path("state").asString()).isEqualTo("reserved");
        assertThat(kept.path("reservation").path("expires").asString()).isEqualTo(expires);

        clock.advance(Duration.ofMinutes(20));

        world.awaitState("cora-3", "free");
    }
}
