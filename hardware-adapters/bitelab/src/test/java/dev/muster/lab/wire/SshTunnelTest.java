package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.Environment;
import dev.muster.testing.OpenSsh;
import dev.muster.testing.Programs;
import dev.muster.testing.Programs.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    private Programs programs;
    private OpenSsh openSsh;
    private Path key;

    @BeforeEach
    void sshd() {
        programs = new Programs(directory.resolve("programs.log"));
        openSsh = new OpenSsh(programs, directory);
        key = openSsh.key("user", "ed25519");
        house.lab.environment = new Environment(Map.of(), List.of(), openSsh.server(key), Map.of());
        house.lab.reserved("bare", "user:ann");
    }

    @AfterEach
    void close() {
        house.close();
        if (programs != null) {
            programs.close();
        }
    }

    private List<String> ssh(String command) {
        String proxy = openSsh.proxyCommand(house.port(), "/bitelab/board/%h/ssh/ws");
        return OpenSsh.client("ssh", key, proxy, System.getProperty("user.name") + "@bare", command);
    }

    private Result run(String token, Path input, List<String> argv) {
        return programs.run(Map.of("BITELAB_AUTH", token), input, Duration.ofSeconds(60), argv);
    }

    @Test
    void commandsRunOnTheBoard() {
        Result result = run(ANN, null, ssh("echo hello; echo no >&2; exit 7"));

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

        Result result = run(ANN, input, ssh("cat"));

        assertThat(result.exit()).as(result.errors()).isZero();
        assertThat(result.output().length).isEqualTo(bytes.length);
        assertThat(java.util.Arrays.equals(result.output(), bytes)).isTrue();
    }

    @Test
    void aRefusedTokenPrintsTheReason() {
        Result result = run("wrong", null, ssh("true"));

        assertThat(result.exit()).isEqualTo(255);
        assertThat(result.errors()).contains("A valid token is needed", "Connection closed");
    }

    @Test
    void aReleaseInTheMiddleOfATransferEndsItWithinTwoSeconds() throws Exception {
        Path output = directory.resolve("zeros");
        Process ssh = programs.start(Map.of("BITELAB_AUTH", ANN), null, output, ssh("cat /dev/zero"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.size(output) > 1 << 20);
        Instant before = Instant.now();

        house.lab.free("bare");

        assertThat(ssh.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(new String(ssh.getErrorStream().readAllBytes())).contains("closed: 4403");
        assertThat(house.processes.isEnded).isTrue();
    }
}
