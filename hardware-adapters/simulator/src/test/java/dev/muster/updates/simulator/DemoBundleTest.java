package dev.muster.updates.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.testing.SwupdateCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoBundleTest {

    @TempDir
    Path dir;

    @Test
    void cpioUnpacksItAndTheImageIsTheOneTheDescriptionNames() throws Exception {
        assumeTrue(isThere("cpio"), "cpio is not installed");
        unpack(DemoBundle.of("1.1.0", "quicker"));
        String description = Files.readString(dir.resolve("sw-description"));
        byte[] image = Files.readAllBytes(dir.resolve("rootfs.img"));
        assertThat(description)
                .contains("version = \"1.1.0\"")
                .contains(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(image)));
    }

    /** Debian's SWUpdate takes signed bundles only, so the same files are signed and packed again by the same writer. */
    @Test
    void swupdateItselfAcceptsWhatIsInside() throws Exception {
        assumeTrue(
                isThere("swupdate") && isThere("openssl") && isThere("cpio"), "swupdate, openssl or cpio is missing");
        unpack(DemoBundle.of("1.1.0", "quicker"));
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "key",
                "-out",
                "cert",
                "-subj",
                "/CN=x");
        run(
                "openssl",
                "cms",
                "-sign",
                "-in",
                "sw-description",
                "-out",
                "sig",
                "-signer",
                "cert",
                "-inkey",
                "key",
                "-outform",
                "DER",
                "-nosmimecap",
                "-binary");
        byte[] signed = new CpioWriter()
                .file("sw-description", Files.readAllBytes(dir.resolve("sw-description")))
                .file("sw-description.sig", Files.readAllBytes(dir.resolve("sig")))
                .file("rootfs.img", Files.readAllBytes(dir.resolve("rootfs.img")))
                .finish();
        assertThat(SwupdateCheck.takes(signed, dir, dir.resolve("cert"), "atlas:1.0"))
                .isTrue();
    }

    @Test
    void theDescriptionComesFirstAndTheArchiveIsWholeBlocks() {
        byte[] bundle = DemoBundle.of("1.1.0", "quicker");
        assertThat(new String(bundle, 0, 6, StandardCharsets.US_ASCII)).isEqualTo("070701");
        assertThat(new String(bundle, 110, 14, StandardCharsets.US_ASCII)).isEqualTo("sw-description");
        assertThat(bundle.length % 512).isZero();
    }

    @Test
    void twoVersionsHaveDifferentImages() {
        assertThat(DemoBundle.of("1.1.0", "x")).isNotEqualTo(DemoBundle.of("1.2.0", "x"));
    }

    private void unpack(byte[] bundle) throws Exception {
        Process cpio = new ProcessBuilder("cpio", "-i", "--quiet")
                .directory(dir.toFile())
                .start();
        try (var in = cpio.getOutputStream()) {
            in.write(bundle);
        }
        String errors = new String(cpio.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(cpio.waitFor()).as(errors).isZero();
    }

    private void run(String... command) throws Exception {
        ProcessBuilder program =
                new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
        Process running = program.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
    }

    private static boolean isThere(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    }
}
