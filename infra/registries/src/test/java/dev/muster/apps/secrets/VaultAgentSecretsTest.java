package dev.muster.apps.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.seals.VaultSeals;
import dev.muster.kernel.Vault;
import dev.muster.registry.DeviceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A secret is there for its device and id, lies sealed, and is gone with the device's key. */
class VaultAgentSecretsTest {

    private static final DeviceId A = new DeviceId("a");
    private static final DeviceId AB = new DeviceId("ab");

    private final TreeMap<String, byte[]> entries = new TreeMap<>();
    private final VaultAgentSecrets secrets =
            new VaultAgentSecrets(new TreeVault(entries), new VaultSeals(new TreeVault(entries)));

    @Test
    void isSixteenBytesAndStaysTheSame() {
        String secret = secrets.make(A, "1");
        assertThat(Base64.getDecoder().decode(secret)).hasSize(16);
        assertThat(secrets.make(A, "1")).isEqualTo(secret);
        assertThat(secrets.find(A, "1")).contains(secret);
        assertThat(secrets.make(A, "2")).isNotEqualTo(secret);
        assertThat(secrets.find(AB, "1")).isEmpty();
    }

    @Test
    void liesSealed() {
        String secret = secrets.make(A, "1");
        entries.values().forEach(value -> assertThat(new String(value, StandardCharsets.ISO_8859_1))
                .doesNotContain(secret));
    }

    @Test
    void isForgottenAlone() {
        secrets.make(A, "1");
        String other = secrets.make(A, "2");
        secrets.forget(A, "1");
        assertThat(secrets.find(A, "1")).isEmpty();
        assertThat(secrets.find(A, "2")).contains(other);
    }

    @Test
    void isGoneWithTheDevicesKeyAlsoFromACopy() {
        secrets.make(A, "1");
        String neighbour = secrets.make(AB, "1");
        String credentials = secrets.credentialKey(A);
        byte[] copy = entries.get(VaultAgentSecrets.PREFIX + "a/1");
        secrets.destroy(A);
        assertThat(secrets.find(A, "1")).isEmpty();
        entries.put(VaultAgentSecrets.PREFIX + "a/1", copy);
        assertThat(secrets.find(A, "1")).isEmpty();
        assertThat(secrets.credentialKey(A)).isNotEqualTo(credentials);
        assertThat(secrets.find(AB, "1")).contains(neighbour);
    }

    private record TreeVault(TreeMap<String, byte[]> entries) implements Vault {

        @Override
        public void put(String key, byte[] value) {
            entries.put(key, value);
        }

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public boolean delete(String key) {
            return entries.remove(key) != null;
        }

        @Override
        public Map<String, byte[]> scan(String prefix) {
            TreeMap<String, byte[]> found = new TreeMap<>(entries);
            found.keySet().removeIf(key -> !key.startsWith(prefix));
            return found;
        }
    }
}
