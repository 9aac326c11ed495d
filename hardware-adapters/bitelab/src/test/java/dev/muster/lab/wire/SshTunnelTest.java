package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.Environment;
import dev.muster.lab.wire.Programs.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's own client through a ProxyCommand to OpenSSH's own server (contract §5.1). */
class SshTunnelTest {

    private final BitelabHouse house = new BitelabHouse(BitelabSettings.DEFAULTS);

    @TempDir
    Path directory;

    private Path key;

    @BeforeEach
    void sshd() throws Exception {
        Programs.assumeSshd();
        key = Programs.key(directory, "user", "ed25519");
        Path host = Programs.key(directory, "host", "ed25519");
        Path conf = Files.writeString(
                directory.resolve("sshd.conf"),
                "HostKey " + host + "\nAuthorizedKeysFile " + key + ".pub\nUsePAM no\nStrictModes no\nPidFile none\n"
                        + "PasswordAuthentication no\nSubsystem sftp internal-sftp\n");
        house.lab.environment = new Environment(
                Map.of(), List.of(), List.of(Programs.SSHD, "-i", "-e", "-f", conf.toString()), Map.of());
        house.lab.reserved("bare", "user:ann");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private List<String> ssh(String command) {
        String proxy = "/usr/bin/python3 " + Programs.proxy(directory) + " 127.0.0.1 " + house.port()
                + " /bitelab/board/%h/ssh/ws";
        return new ArrayList<>(List.of(
                "/usr/bin/ssh",
                "-F",
                "none",
                "-i",
                key.toString(),
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "ProxyCommand " + proxy,
                System.getProperty("user.name") + "@bare",
                command));
    }

    @Test
    void commandsRunOnTheBoard() {
        Result result = Programs.run(ANN, null, directory, ssh("echo hello; echo no >&2; exit 7"));

        assertThat(result.errors()).contains("no\n");
        assertThat(result.text()).isEqualTo("hello\n");
        assertThat(result.exit()).isEqualTo(7);
        Awaitility.await().until(() -> house.openChannels() == 0);
    }

    @Test
    void twentyMegabytesGoBothWaysUnharmed() throws Exception {
        byte[] bytes = new byte[20 << 20];
        new Random(7).nextBytes(bytes);
        Path input = Files.write(directory.resolve("in"), bytes);

        Result result = Programs.run(ANN, input, directory, ssh("cat"));

        assertThat(result.exit()).as(result.errors()).isZero();
        assertThat(result.output().length).isEqualTo(bytes.length);
        assertThat(java.util.Arrays.equals(result.output(), bytes)).isTrue();
    }

    @Test
    void aRefusedTokenPrintsTheReason() {
        Result result = Programs.run("wrong", null, directory, ssh("true"));

        assertThat(result.exit()).isEqualTo(255);
        assertThat(result.errors()).contains("A valid token is needed", "Connection closed");
    }

    @Test
    void aReleaseInTheMiddleOfATransferEndsItWithinTwoSeconds() throws Exception {
        Path output = directory.resolve("zeros");
        Process ssh = Programs.start(ANN, null, output, ssh("cat /dev/zero"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(output) > 1 << 20);
        Instant before = Instant.now();

        house.lab.free("bare");

        assertThat(ssh.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(new String(ssh.getErrorStream().readAllBytes())).contains("closed: 4403");
        assertThat(house.processes.isEnded).isTrue();
    }
}
