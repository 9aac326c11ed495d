package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.OpenSsh;
import dev.muster.testing.Programs;
import dev.muster.testing.Programs.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a first token: OpenSSH's client through {@code /contssh/ws} to the lab's own ssh server (contract §3). */
class ControllerTest {

    @TempDir
    Path directory;

    private final BitelabHouse desk = new BitelabHouse();
    private BitelabHouse house;
    private ControllerSshd sshd;
    private Path keys;
    private Programs programs;
    private OpenSsh openSsh;

    @BeforeEach
    void start() throws Exception {
        programs = new Programs(directory.resolve("programs.log"));
        openSsh = new OpenSsh(programs, directory);
        keys = Files.createFile(
                directory.resolve("keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        sshd = new ControllerSshd(
                0,
                directory.resolve("hostkey"),
                new SshKeysFile(keys, BitelabHouse::person),
                desk.tokenDesk,
                Duration.ofHours(12));
        house = new BitelabHouse(
                BitelabSettings.DEFAULTS.with(BitelabHouse.QUICK).with("/bitelab", "127.0.0.1", sshd.port()));
    }

    @AfterEach
    void close() {
        desk.close();
        if (sshd != null) {
            house.close();
            sshd.close();
        }
        if (programs != null) {
            programs.close();
        }
    }

    private Path known(String name, String type, String options) throws Exception {
        Path key = openSsh.key(name, type);
        Files.writeString(keys, Files.readString(keys) + options + Files.readString(Path.of(key + ".pub")));
        return key;
    }

    private Result ssh(Path key, String user, String... more) {
        List<String> argv = new ArrayList<>(OpenSsh.client(
                "ssh", key, openSsh.proxyCommand(house.port(), "/bitelab/contssh/ws"), "-l", user, "bitelab"));
        argv.addAll(List.of(more));
        return programs.run(Map.of(), null, Duration.ofSeconds(60), argv);
    }

    @Test
    void whoeverHasAKnownKeyIsToldAFreshTokenWhateverTheyAsk() throws Exception {
        Path key = known("ann", "ed25519", "");

        Result plain = ssh(key, "lab");
        assertThat(plain.errors()).doesNotContain("denied");
        assertThat(plain.text()).isEqualTo("mst_fresh_secret\n");
        assertThat(plain.exit()).isZero();
        assertThat(ssh(key, "lab", "cat /etc/passwd").text()).isEqualTo("mst_fresh_secret\n");
        assertThat(desk.desk).hasSize(2).allMatch(each -> each.contains("user:ann") && each.contains("127.0.0.1"));
    }

    @Test
    void keysOfOtherKindsAndOwnersByOptionWorkToo() throws Exception {
        Path key = known("whatever", "rsa", "# a comment\n\nno key at all\nuser=\"bob\" ");

        assertThat(ssh(key, "lab").text()).isEqualTo("mst_fresh_secret\n");
        assertThat(desk.desk.getLast()).contains("user:bob");
    }

    @Test
    void strangersOtherUsersAndOwnersNobodyKnowsAreNotLetIn() throws Exception {
        Path ann = known("ann", "ed25519", "");
        Path zed = known("zed", "ed25519", "");

        assertThat(ssh(openSsh.key("stranger", "ed25519"), "lab").exit()).isEqualTo(255);
        assertThat(ssh(ann, "root").exit()).isEqualTo(255);
        assertThat(ssh(zed, "lab").errors()).contains("denied");
        assertThat(desk.desk).isEmpty();
    }

    @Test
    void aFileThatOthersCanWriteIsNotBelieved() throws Exception {
        Path key = known("ann", "ed25519", "");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(ssh(key, "lab").exit()).isEqualTo(255);
    }

    @Test
    void theHostKeyStaysTheSame() throws Exception {
        byte[] first = Files.readAllBytes(directory.resolve("hostkey"));
        sshd.close();

        sshd = new ControllerSshd(0, directory.resolve("hostkey"), key -> null, desk.tokenDesk, Duration.ofHours(1));

        assertThat(Files.readAllBytes(directory.resolve("hostkey"))).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("hostkey"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theWayIsNotThereUnlessItIsConfiguredAndOpensOnlySoOften() {
        assertThat(desk.upgrade("/contssh/ws")).startsWith("HTTP/1.1 404 ");
        for (int i = 0; i < 3; i++) {
            TestSocket socket = house.open("/contssh/ws", null);
            await().until(() -> socket.heard().startsWith("SSH-2.0-"));
            socket.socket.sendClose(1000, "").join();
            socket.closeCode();
        }
        assertThat(house.upgrade("/contssh/ws")).startsWith("HTTP/1.1 429 ").contains("too-many");
        assertThat(house.get("/board/", ANN).status()).isEqualTo(200);
    }

    @Test
    void aControllerThatIsNotThereIsSaid() {
        sshd.close();

        assertThat(house.open("/contssh/ws", null).closeCode()).isEqualTo(4500);
        assertThatThrownBy(() -> house.open("/contssh/w", null)).hasMessageContaining("404");
    }
}
