package dev.muster.story;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes a bundle with the real {@code cpio}, as the makers of firmware do. */
final class SwuFile {

    private SwuFile() {}

    /** A bundle that installs one file of {@code size} random bytes to {@code target} on hardware {@code revision}. */
    static Path make(Path dir, String version, String revision, int size, Path target) {
        return make(dir, version, revision, size, target, null);
    }

    /** Signed by {@code signer} when given: Debian's SWUpdate takes only bundles signed with CMS. */
    static Path make(Path dir, String version, String revision, int size, Path target, @Nullable Signer signer) {
        try {
            Path work = Files.createTempDirectory(dir, "swu");
            byte[] payload = new byte[size];
            new Random(version.hashCode()).nextBytes(payload);
            Files.write(work.resolve("payload.bin"), payload);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
            Files.writeString(work.resolve("sw-description"), """
                    software =
                    {
                        version = "%s";
                        hardware-compatibility: [ "%s" ];
                        files: (
                            {
                                filename = "payload.bin";
                                path = "%s";
                                sha256 = "%s";
                            }
                        );
                    }
                    """.formatted(version, revision, target, sha256));
            String names = "sw-description\n";
            if (signer != null) {
                run(
                        work,
                        "",
                        "openssl",
                        "cms",
                        "-sign",
                        "-in",
                        "sw-description",
                        "-out",
                        "sw-description.sig",
                        "-signer",
                        signer.certificate().toString(),
                        "-inkey",
                        signer.key().toString(),
                        "-outform",
                        "DER",
                        "-nosmimecap",
                        "-binary");
                names += "sw-description.sig\n";
            }
            Path swu = dir.resolve("firmware-" + version + ".swu");
            run(work, names + "payload.bin\n", "cpio", "-o", "-H", "crc", "--quiet", "-F", swu.toString());
            return swu;
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key with a self-signed certificate, as files. */
    record Signer(Path key, Path certificate) {

        static Signer make(Path dir) {
            Path key = dir.resolve("key.pem");
            Path certificate = dir.resolve("cert.pem");
            run(
                    dir,
                    "",
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-keyout",
                    key.toString(),
                    "-out",
                    certificate.toString(),
                    "-subj",
                    "/CN=muster test",
                    "-days",
                    "30",
                    "-addext",
                    "extendedKeyUsage=emailProtection,codeSigning");
            return new Signer(key, certificate);
        }
    }

    static void run(Path dir, String input, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
