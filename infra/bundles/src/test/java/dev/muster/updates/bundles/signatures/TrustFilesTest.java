package dev.muster.updates.bundles.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFilesTest {

    @TempDir
    Path folder;

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }

    private static KeyPairGenerator keys(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator;
    }

    private void refused(String content, String why) throws Exception {
        Path file = Files.writeString(folder.resolve("trust.pem"), content);
        assertThatThrownBy(() -> TrustFiles.read(List.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trust.pem")
                .hasMessageContaining(why);
    }

    @Test
    void publicKeysAreNamedAfterTheirFile() throws Exception {
        byte[] key = keys("RSA", 2048).generateKeyPair().getPublic().getEncoded();
        Path file = Files.writeString(folder.resolve("factory.pem"), "of the factory\n" + pem("PUBLIC KEY", key));
        TrustedSigners trust = TrustFiles.read(List.of(file));
        assertThat(trust.keys()).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo("factory.pem");
            assertThat(each.key().getEncoded()).isEqualTo(key);
        });
        assertThat(trust.isEmpty()).isFalse();
        assertThat(TrustFiles.read(List.of()).isEmpty()).isTrue();
    }

    @Test
    void filesThatHoldSomethingElseAreRefused() throws Exception {
        refused("", "neither a certificate nor a public key");
        refused("hello", "neither a certificate nor a public key");
        refused(pem("CERTIFICATE", new byte[] {1, 2, 3}), "is no PEM");
        var pair = keys("RSA", 2048).generateKeyPair();
        refused(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), "something else than");
        refused(
                pem(
                        "PUBLIC KEY",
                        keys("RSA", 1024).generateKeyPair().getPublic().getEncoded()),
                "less than 2048");
        refused(pem("PUBLIC KEY", keys("EC", 256).generateKeyPair().getPublic().getEncoded()), "not of RSA");
        assertThatThrownBy(() -> TrustFiles.read(List.of(folder.resolve("gone.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gone.pem");
    }
}
