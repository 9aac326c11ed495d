package dev.muster.updates.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.muster.kernel.Refused;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleFacts.Signature;
import dev.muster.updates.bundles.signatures.SignaturePolicy;
import dev.muster.updates.bundles.signatures.SignatureSettings;
import dev.muster.updates.bundles.signatures.TrustFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bundles that the real RAUC makes, what it says of them, and signatures of the real openssl. */
class RealRaucTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeKeys() throws Exception {
        needs("rauc");
        needs("mksquashfs");
        needs("openssl");
        for (String name : List.of("signer", "other")) {
            run(
                    folder,
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
                    "100");
        }
        run(folder, "openssl", "rsa", "-in", "signer.key", "-pubout", "-out", "signer.pub");
    }

    private static BundleSettings trusting(SignaturePolicy policy, Clock clock, String... files) {
        List<Path> trust = new ArrayList<>();
        for (String file : files) {
            trust.add(folder.resolve(file));
        }
        return BundleSettings.defaults()
                .with(CompatiblePattern.none(), new SignatureSettings(policy, TrustFiles.read(trust), clock));
    }

    private static Path bundle(String format, String compressor) throws Exception {
        Path content = Files.createTempDirectory(folder, "content");
        byte[] image = new byte[600_001];
        new Random(8).nextBytes(image);
        Files.write(content.resolve("rootfs.ext4"), image);
        Files.write(content.resolve("app.img"), new byte[200_000]);
        Files.writeString(content.resolve("hook.sh"), "#!/bin/sh\nexit 0\n");
        Files.writeString(content.resolve("manifest.raucm"), """
                [update]
                compatible=demo-board-rev1.0
                version=2.1.0-rc.1+git.7
                description=What it is
                build=20261127

                [bundle]
                format=%s

                [hooks]
                filename=hook.sh

                [image.rootfs]
                filename=rootfs.ext4
                hooks=post-install

                [image.appfs.small]
                filename=app.img
                """.formatted(format));
        Path bundle = content.resolveSibling(content.getFileName() + ".raucb");
        run(
                folder,
                "rauc",
                "--cert=signer.pem",
                "--key=signer.key",
                "bundle",
                "--mksquashfs-args=-comp " + compressor,
                content.toString(),
                bundle.toString());
        assertThat(bundle).exists();
        return bundle;
    }

    @ParameterizedTest
    @CsvSource({"plain,gzip", "plain,xz", "plain,zstd", "plain,lzma", "verity,gzip", "verity,zstd", "verity,lz4"})
    void factsAreWhatRaucSays(String format, String compressor) throws Exception {
        Path bundle = bundle(format, compressor);
        BundleFacts facts = Reading.facts(
                Files.readAllBytes(bundle), trusting(SignaturePolicy.REQUIRE, Clock.systemUTC(), "signer.pem"));
        JsonNode theirs = JSON.readTree(
                run(folder, "rauc", "--keyring=signer.pem", "info", "--output-format=json", bundle.toString()));
        assertThat(facts.format()).isEqualTo(BundleFacts.Format.RAUC);
        assertThat(facts.name()).isEqualTo(theirs.get("compatible").asString());
        assertThat(facts.version()).isEqualTo(theirs.get("version").asString());
        assertThat(facts.description())
                .isEqualTo(theirs.get("description").asString() + "\nBuild "
                        + theirs.get("build").asString());
        List<String> ours = facts.images().stream()
                .map(each -> each.type().replaceFirst("[. ].*", "") + " " + each.file() + " " + each.size() + " "
                        + each.sha256())
                .toList();
        List<String> said = new ArrayList<>();
        for (JsonNode one : theirs.get("images")) {
            one.propertyStream()
                    .forEach(image -> said.add(image.getKey() + " "
                            + image.getValue().get("filename").asString() + " "
                            + image.getValue().get("size").asLong() + " "
                            + image.getValue().get("checksum").asString()));
        }
        assertThat(said).hasSize(2);
        assertThat(ours).containsExactlyInAnyOrderElementsOf(said);
        assertThat(facts.signature()).isEqualTo(Signature.VALID);
        assertThat(facts.signer()).isEqualTo("CN=signer");
        assertThat(facts.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4", "lzo"})
    void compressorsThatAreNotReadAreNamed(String compressor) throws Exception {
        byte[] bundle = Files.readAllBytes(bundle("plain", compressor));
        assertThat(Reading.refusal(bundle))
                .contains("packed with " + compressor)
                .contains("gzip, xz or zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "verity"})
    void raucSaysTheSameOfWhatWasDoneToABundle(String format) throws Exception {
        byte[] good = Files.readAllBytes(bundle(format, "gzip"));
        assertThat(weTake(good, "signer.pem")).isTrue();
        assertThat(raucTakes(good, "signer.pem")).isTrue();
        assertThat(weTake(good, "other.pem")).isFalse();
        assertThat(raucTakes(good, "other.pem")).isFalse();
        byte[] flipped = RaucBundle.changed(good, good.length - 400, good[good.length - 400] ^ 1);
        byte[] cut = RaucBundle.cut(good, good.length - 100);
        for (byte[] broken : List.of(flipped, cut)) {
            assertThat(weTake(broken, "signer.pem")).isFalse();
            assertThat(raucTakes(broken, "signer.pem")).isFalse();
        }
        // RAUC checks the image of a verity bundle only while it reads it, so of this one it says yes to begin with.
        byte[] changed = RaucBundle.changed(good, 100_000, good[100_000] ^ 1);
        assertThat(weTake(changed, "signer.pem")).isFalse();
        if (format.equals("plain")) {
            assertThat(raucTakes(changed, "signer.pem")).isFalse();
        }
    }

    @Test
    void anExpiredSignerIsNotTrusted() throws Exception {
        byte[] bundle = Files.readAllBytes(bundle("plain", "gzip"));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(101));
        BundleFacts facts = Reading.facts(bundle, trusting(SignaturePolicy.WARN, later, "signer.pem"));
        assertThat(facts.signature()).isEqualTo(Signature.UNTRUSTED);
        assertThat(facts.signatureProblem()).contains("expired");
    }

    @Test
    void descriptionsThatOpensslSignedAreTrusted() throws Exception {
        String text = "software = { version = \"1\"; hardware-compatibility = [\"1\"]; }";
        Files.writeString(folder.resolve("sw-description"), text);
        run(
                folder,
                "openssl",
                "cms",
                "-sign",
                "-in",
                "sw-description",
                "-out",
                "cms.sig",
                "-signer",
                "signer.pem",
                "-inkey",
                "signer.key",
                "-outform",
                "DER",
                "-nosmimecap",
                "-binary");
        run(folder, "openssl", "dgst", "-sha256", "-sign", "signer.key", "-out", "rsa.sig", "sw-description");
        run(
                folder,
                "openssl",
                "dgst",
                "-sha256",
                "-sign",
                "signer.key",
                "-sigopt",
                "rsa_padding_mode:pss",
                "-sigopt",
                "rsa_pss_saltlen:-2",
                "-out",
                "pss.sig",
                "sw-description");
        for (String name : List.of("cms.sig", "rsa.sig", "pss.sig")) {
            byte[] signature = Files.readAllBytes(folder.resolve(name));
            String trusted = name.equals("cms.sig") ? "signer.pem" : "signer.pub";
            BundleSettings settings = trusting(SignaturePolicy.REQUIRE, Clock.systemUTC(), trusted);
            byte[] good = Archive.describedBy(text)
                    .file("sw-description.sig", signature)
                    .bytes();
            assertThat(Reading.facts(good, settings).signature()).as(name).isEqualTo(Signature.VALID);
            byte[] changed = Archive.describedBy(text.replace("version = \"1\"", "version = \"2\""))
                    .file("sw-description.sig", signature)
                    .bytes();
            assertThat(weTake(changed, trusted)).as(name).isFalse();
        }
    }

    private static boolean weTake(byte[] bundle, String trusted) {
        try {
            return Reading.facts(bundle, trusting(SignaturePolicy.REQUIRE, Clock.systemUTC(), trusted)) != null;
        } catch (Refused e) {
            return false;
        }
    }

    private static boolean raucTakes(byte[] bundle, String keyring) throws Exception {
        Path file = Files.write(Files.createTempFile(folder, "asked", ".raucb"), bundle);
        Process rauc = new ProcessBuilder("rauc", "--keyring=" + keyring, "info", file.toString())
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(rauc.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return rauc.exitValue() == 0;
    }

    /** What it says on its standard output; it must end well. */
    private static String run(Path where, String... command) throws Exception {
        Path output = Files.createTempFile(where, "output", ".txt");
        Path errors = Files.createTempFile(where, "errors", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(() -> String.join(" ", command) + ": " + errorsIn(errors))
                .isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static String errorsIn(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void needs(String program) {
        for (String place : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(place, program))) {
                return;
            }
        }
        System.err.println("SKIPPED, a comparison with real tools did not run: " + program + " is not installed");
        abort(program + " is not installed");
    }
}
