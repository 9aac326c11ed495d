package dev.muster.apps.reagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apps.AgentKey;
import dev.muster.wamp.WampFailure;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What devices and this house prove: vector G-31. */
class ProofsTest {

    @TempDir
    private Path folder;

    @Test
    void aTunnelIsProvedAsTheAgentDoesIt() {
        assertThat(TunnelGate.proof("3q2+7wAAAAAAAAAAAAAAAA==", new AgentKey(3)))
                .isEqualTo("OoZUr6xIejLehKY8CVBkEoR0_zi8qr10I5fi9zs5wNc");
    }

    @Test
    void proofsAreTheSameOrNot() {
        assertThat(Proofs.isSame("abc", "abc")).isTrue();
        assertThat(Proofs.isSame("abc", "abd")).isFalse();
        assertThat(Proofs.isSame("abc", "")).isFalse();
    }

    @Test
    void whatIsMeasuredIsANumber() {
        Said said = new Said(Map.of("a", 3.5, "b", -1L, "c", Double.NaN, "d", BigInteger.TWO.pow(4_000)));
        assertThat(said.measure("a")).isEqualTo(3.5);
        assertThat(said.measure("b")).isZero();
        assertThat(said.measure("e")).isZero();
        assertThatThrownBy(() -> said.measure("c")).isInstanceOf(WampFailure.class);
        assertThatThrownBy(() -> said.measure("d")).isInstanceOf(WampFailure.class);
    }

    @Test
    void theRegistrysKeyStaysTheSame() throws Exception {
        Path file = folder.resolve("deep/key.pem");
        RegistryKey made = RegistryKey.in(file);
        assertThat(RegistryKey.in(file).id()).isEqualTo(made.id());
        assertThat(RegistryKey.in(file).certificate()).isEqualTo(made.certificate());
        assertThat(made.keySet()).contains("\"crv\":\"P-256\"", made.id());
        assertThat(RegistryKey.in(folder.resolve("other.pem")).id()).isNotEqualTo(made.id());
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    /** As registries of all versions do: by the certificate that the token brings, which they have to know. */
    @Test
    void aTokenBringsTheCertificateThatProvesIt() throws Exception {
        RegistryKey key = RegistryKey.in(folder.resolve("key.pem"));
        X509Certificate known = certificate(key.certificate().getBytes(StandardCharsets.US_ASCII));
        known.verify(known.getPublicKey());
        known.checkValidity();
        String[] parts = key.token("{}").split("\\.");
        Base64.Decoder decoder = Base64.getUrlDecoder();
        JsonNode header = JsonMapper.shared().readTree(decoder.decode(parts[0]));
        assertThat(header.path("kid").asString()).isEqualTo(key.id());
        byte[] brought = Base64.getDecoder().decode(header.path("x5c").path(0).asString());
        assertThat(brought).isEqualTo(known.getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(known.getPublicKey());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(decoder.decode(parts[2]))).isTrue();
    }

    @Test
    void whatIsNoKeyIsNotReplaced() throws Exception {
        Path file = folder.resolve("key.pem");
        Files.writeString(file, "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCDTfESiye11\n");
        assertThatThrownBy(() -> RegistryKey.in(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("move it away");
        assertThat(file).hasContent("MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCDTfESiye11");
    }

    private static X509Certificate certificate(byte[] pem) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }
}
