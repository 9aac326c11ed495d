package dev.muster.apps.reagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apps.AgentKey;
import dev.muster.wamp.WampFailure;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
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
    void whatIsMeasuredIsANumber() {
        Said said = new Said(Map.of("a", 3.5, "b", -1L, "c", Double.NaN, "d", BigInteger.TWO.pow(4_000)));
        assertThat(said.measure("a")).isEqualTo(3.5);
        assertThat(said.measure("b")).isZero();
        assertThat(said.measure("e")).isZero();
        assertThatThrownBy(() -> said.measure("c")).isInstanceOf(WampFailure.class);
        assertThatThrownBy(() -> said.measure("d")).isInstanceOf(WampFailure.class);
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
