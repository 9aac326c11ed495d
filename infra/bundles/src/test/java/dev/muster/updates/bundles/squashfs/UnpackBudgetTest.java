package dev.muster.updates.bundles.squashfs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UnpackBudgetTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private static UnpackBudget budget(int times, int packed, int unpacked) {
        UnpackBudget budget = new UnpackBudget(SquashfsLimits.of(100));
        for (int i = 0; i < times; i++) {
            budget.spend(packed, unpacked);
        }
        return budget;
    }

    @Test
    void twoBlocksMayBePackedAsTightAsCanBe() {
        assertThatCode(() -> budget(2, 10, MEBIBYTE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> budget(3, 10, MEBIBYTE))
                .isInstanceOf(SquashfsException.class)
                .hasMessageContaining("more than 200 times");
    }

    @Test
    void allOfThemMayComeToSixteenMebibytes() {
        assertThatCode(() -> budget(16, MEBIBYTE / 200 + 1, MEBIBYTE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> budget(17, MEBIBYTE, MEBIBYTE))
                .isInstanceOf(SquashfsException.class)
                .hasMessageContaining("more than 16777216 bytes");
    }

    @Test
    void whatBringsNothingIsNotForNothing() {
        assertThatCode(() -> budget(16 * 1024, 10, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> budget(16 * 1024 + 1, 10, 0)).isInstanceOf(SquashfsException.class);
    }
}
