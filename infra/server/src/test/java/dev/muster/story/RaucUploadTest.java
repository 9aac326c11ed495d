package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.server.TestServer;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bundle of the real RAUC becomes a release in one call; one of a stranger, or a changed one, does not. */
class RaucUploadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path dir;

    @BeforeEach
    void needsRauc() {
        assumeTrue(
                Stream.of("rauc", "mksquashfs", "openssl").allMatch(each -> new File("/usr/bin/" + each).canExecute()),
                "SKIPPED: no rauc, mksquashfs or openssl here; install Debian's packages rauc and squashfs-tools");
    }

    @Test
    void aTrustedBundleBecomesAReleaseAndAnotherLeavesNothing() throws Exception {
        makeKey("signer");
        makeKey("stranger");
        byte[] good = bundle("signer");
        Path data = TestServer.freshDirectory();
        try (TestServer server = TestServer.start(
                data,
                null,
                "--muster.bundles.trust=" + dir.resolve("signer.pem"),
                "--muster.bundles.signature-policy=require",
                "--muster.bundles.rauc-compatible-pattern=(?P<hw_boardname>.+?)(-(?P<hw_revision>[^-]*[0-9.][^-]*))?$")) {
            byte[] changed = good.clone();
            changed[20_000] ^= 1;
            assertThat(refusal(server, changed)).isEqualTo("updates.bundle-invalid");
            assertThat(refusal(server, bundle("stranger"))).isEqualTo("updates.bundle-untrusted");
            assertThat(refusal(server, Arrays.copyOf(good, good.length - 1))).isEqualTo("updates.bundle-invalid");
            try (Stream<Path> left = Files.walk(data.resolve("artifacts"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
            String id = server.ok(
                            "POST",
                            "/api/v1/releases:upload?filename=os.raucb",
                            good,
                            "Content-Type",
                            "application/octet-stream")
                    .path("id")
                    .asString();
            await().atMost(PATIENCE)
                    .until(() ->
                            server.send("GET", "/api/v1/releases/" + id, null).statusCode() == 200);
            JsonNode release = server.get("/api/v1/releases/" + id);
            assertThat(release.path("name").asString()).isEqualTo("demo-board-rev1.0");
            assertThat(release.path("version").asString()).isEqualTo("2.1.0");
            JsonNode hardware =
                    release.path("modules").get(0).path("compatibility").get(0);
            assertThat(hardware.path("model").asString()).isEqualTo("demo-board");
            assertThat(hardware.path("revision").asString()).isEqualTo("rev1.0");
            JsonNode facts = server.ok(
                            "POST",
                            "/api/v1/artifacts?filename=os.raucb",
                            good,
                            "Content-Type",
                            "application/octet-stream")
                    .path("bundle");
            assertThat(facts.path("format").asString()).isEqualTo("rauc");
            assertThat(facts.path("signature").asString()).isEqualTo("valid");
            assertThat(facts.path("signer").asString()).isEqualTo("CN=signer");
        }
    }

    private static String refusal(TestServer server, byte[] bundle) {
        HttpResponse<String> answer = server.send(
                "POST",
                "/api/v1/releases:upload?filename=os.raucb",
                bundle,
                "Content-Type",
                "application/octet-stream");
        assertThat(answer.statusCode()).isEqualTo(422);
        return JSON.readTree(answer.body()).path("code").asString();
    }

    private byte[] bundle(String signer) throws Exception {
        Path content = Files.createTempDirectory(dir, "content");
        Files.write(content.resolve("rootfs.img"), new byte[100_000]);
        Files.write(content.resolve("noise.img"), noise());
        Files.writeString(content.resolve("manifest.raucm"), """
                [update]
                compatible=demo-board-rev1.0
                version=2.1.0

                [bundle]
                format=verity

                [image.rootfs]
                filename=rootfs.img

                [image.noise]
                filename=noise.img
                """);
        Path bundle = dir.resolve(signer + ".raucb");
        run(
                "rauc",
                "--cert=" + signer + ".pem",
                "--key=" + signer + ".key",
                "bundle",
                content.toString(),
                bundle.toString());
        return Files.readAllBytes(bundle);
    }

    private static byte[] noise() {
        byte[] noise = new byte[60_000];
        new Random(6).nextBytes(noise);
        return noise;
    }

    private void makeKey(String name) throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem",
                "-subj",
                "/CN=" + name,
                "-days",
                "10");
    }

    private void run(String... command) throws Exception {
        Path said = Files.createTempFile(dir, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", List.of(command), Files.readString(said))
                .isZero();
    }
}
