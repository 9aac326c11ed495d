package dev.muster.apps.reagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void theRegistrysKeyStaysTheSame() {
        Path file = folder.resolve("deep/key");
        RegistryKey made = RegistryKey.in(file);
        assertThat(RegistryKey.in(file).id()).isEqualTo(made.id());
        assertThat(made.keySet()).contains("\"crv\":\"P-256\"", made.id());
        assertThat(made.token("{}").split("\\.")).hasSize(3);
        assertThat(RegistryKey.in(folder.resolve("other")).id()).isNotEqualTo(made.id());
    }
}
