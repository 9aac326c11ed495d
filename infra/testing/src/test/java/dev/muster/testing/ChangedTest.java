package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChangedTest {

    public record Pair(String left, int right) {
        public Pair {
            if (right < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    private final Pair pair = new Pair("a", 1);

    @Test
    void onlyWhatIsNamedIsOther() {
        assertThat(Changed.copy(pair, "right", 2)).isEqualTo(new Pair("a", 2));
        assertThat(Changed.copy(pair, "left", null, "right", 3)).isEqualTo(new Pair(null, 3));
        assertThat(Changed.copy(pair)).isEqualTo(pair);
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Changed.copy(pair, "middle", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Pair has no component [middle]");
    }

    @Test
    void whatTheRecordRefusesIsRefused() {
        assertThatThrownBy(() -> Changed.copy(pair, "right", -1)).hasMessageContaining("negative");
    }
}
