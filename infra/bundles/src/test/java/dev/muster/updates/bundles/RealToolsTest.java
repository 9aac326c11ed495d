package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.muster.kernel.Refused;
import dev.muster.testing.SwupdateCheck;
import dev.muster.updates.BundleFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles as real tools write them, and verdicts as the real SWUpdate gives them. */
class RealToolsTest {

    @TempDir
    Path folder;

    private final byte[] image = new byte[50_001];

    private String description(String imageDigest) {
        return """
                software = {
                  version = "1.2.3";
                  hardware-compatibility: [ "1.0", "1.1" ];
                  images: ( { filename = "rootfs.bin"; device = "/dev/null"; type = "raw"; sha256 = "%s"; } );
                }
                """.formatted(imageDigest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"newc", "crc"})
    void bundlesOfTheRealCpioAreRead(String format) throws Exception {
        needs("cpio");
        fill();
        Files.writeString(folder.resolve("sw-description"), description(sha256(image)));
        BundleFacts facts = Reading.facts(cpio(format, "sw-description", "rootfs.bin"));
        assertThat(facts.version()).isEqualTo("1.2.3");
        assertThat(facts.compatibility()).hasSize(2);
        assertThat(facts.images())
                .containsExactly(new BundleFacts.Image("rootfs.bin", image.length, sha256(image), "raw"));
        assertThat(facts.warnings()).isEmpty();
    }

    @Test
    void whatCpioAddsForOtherFilesIsRefused() throws Exception {
        needs("cpio");
        fill();
        Files.writeString(folder.resolve("sw-description"), description(sha256(image)));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));
        Files.createDirectory(folder.resolve("dir"));
        assertThat(Reading.refusal(cpio("crc", "sw-description", "link"))).contains("no plain file");
        assertThat(Reading.refusal(cpio("crc", "sw-description", "dir"))).contains("no plain file");
        assertThat(Reading.refusal(cpio("odc", "sw-description"))).contains("old cpio format");
    }

    /** A bundle and whether SWUpdate takes it; where we differ from it there is a reason. */
    private record Case(String name, byte[] bundle, String whyWeRefuse) {}

    @Test
    void swupdateSaysTheSame() throws Exception {
        needs("cpio");
        needs("swupdate");
        needs("openssl");
        fill();
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem",
                "-subj",
                "/CN=test",
                "-days",
                "100",
                "-addext",
                "extendedKeyUsage=emailProtection",
                "-addext",
                "keyUsage=digitalSignature");
        byte[] good = signed(description(sha256(image)));
        if (!swupdateTakes(good)) {
            skip("this swupdate does not take a good bundle signed in the CMS way");
        }
        int imageAt = indexOf(good, "rootfs.bin\0") - 110;
        List<Case> cases = List.of(
                new Case("good", good, null),
                new Case("an image with another digest", signed(description("0".repeat(64))), null),
                new Case("no version", signed("software = { hardware-compatibility: [\"1.0\"]; }"), null),
                new Case("no software", signed("version = \"1\";"), null),
                new Case("syntax error", signed("software = { version = \"1\""), null),
                new Case("duplicate name", signed("software = { version = \"1\"; version = \"2\"; }"), null),
                new Case(
                        "a linked version",
                        signed("software = { version = { ref = \"#./v\" }; v = \"1\";"
                                + " hardware-compatibility: [\"1.0\"];"
                                + imagesOf(sha256(image)) + " }"),
                        null),
                new Case("a bit of the image flipped", changed(good, imageAt + 200, good[imageAt + 200] ^ 1), null),
                new Case("a sum changed", changed(good, imageAt + 109, '0'), null),
                new Case("a wrong magic", changed(good, imageAt + 5, '3'), null),
                new Case("cut inside the image", Arrays.copyOf(good, imageAt + 30_000), null),
                new Case("without the trailer", Arrays.copyOf(good, indexOf(good, "TRAILER!!!") - 110), null),
                new Case(
                        "something after the end", changed(good, good.length - 1, 'x'), "SWUpdate stops reading there"),
                new Case(
                        "a letter that is no digit",
                        changed(good, imageAt + 6, 'z'),
                        "SWUpdate reads the field as far" + " as it goes"),
                new Case("another type of file", changed(good, imageAt + 18, 'A'), "SWUpdate ignores the type"));
        Map<String, Boolean> theirs = new ConcurrentHashMap<>();
        try (ExecutorService atOnce = Executors.newFixedThreadPool(4)) {
            for (Case one : cases) {
                atOnce.submit(() -> theirs.put(one.name(), swupdateTakes(one.bundle())));
            }
        }
        for (Case one : cases) {
            boolean ours = weTake(one.bundle());
            if (one.whyWeRefuse() == null) {
                assertThat(ours).as(one.name()).isEqualTo(theirs.get(one.name()));
            } else {
                assertThat(ours)
                        .as("%s, although %s", one.name(), one.whyWeRefuse())
                        .isFalse();
                assertThat(theirs.get(one.name())).as(one.name()).isTrue();
            }
        }
    }

    private static String imagesOf(String digest) {
        return "images: ( { filename = \"rootfs.bin\"; device = \"/dev/null\"; type = \"raw\"; sha256 = \"" + digest
                + "\"; } );";
    }

    private byte[] signed(String description) throws Exception {
        Files.writeString(folder.resolve("sw-description"), description);
        run(
                "openssl",
                "cms",
                "-sign",
                "-in",
                "sw-description",
                "-out",
                "sw-description.sig",
                "-signer",
                "cert.pem",
                "-inkey",
                "key.pem",
                "-outform",
                "DER",
                "-nosmimecap",
                "-binary");
        return cpio("crc", "sw-description", "sw-description.sig", "rootfs.bin");
    }

    /** Gives it a folder of its own for what it unpacks and for its sockets, so that several can run at once. */
    private boolean swupdateTakes(byte[] bundle) throws Exception {
        Path own = Files.createTempDirectory(folder, "swupdate");
        return SwupdateCheck.takes(bundle, own, folder.resolve("cert.pem"), "board:1.0");
    }

    private static boolean weTake(byte[] bundle) {
        try {
            return Reading.facts(bundle) != null;
        } catch (Refused e) {
            return false;
        }
    }

    private static byte[] changed(byte[] bundle, int at, int value) {
        byte[] copy = bundle.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
    }

    private void fill() throws IOException {
        new Random(1).nextBytes(image);
        Files.write(folder.resolve("rootfs.bin"), image);
    }

    private byte[] cpio(String format, String... files) throws Exception {
        Path names = Files.write(folder.resolve("names"), List.of(files));
        Path archive = folder.resolve("archive");
        Process process = new ProcessBuilder("cpio", "-o", "-H", format, "--quiet")
                .directory(folder.toFile())
                .redirectInput(names.toFile())
                .redirectOutput(archive.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllBytes(archive);
    }

    private void run(String... command) throws Exception {
        outputOf(new ProcessBuilder(command).directory(folder.toFile()));
    }

    private String outputOf(ProcessBuilder builder) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static void needs(String program) {
        for (String place : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(place, program))) {
                return;
            }
        }
        skip(program + " is not installed");
    }

    private static void skip(String why) {
        System.err.println("SKIPPED, a comparison with real tools did not run: " + why);
        abort(why);
    }
}
