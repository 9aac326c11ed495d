package dev.muster.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupDefaultsTest {

    @Test
    void aGroupWithoutANameHasItsNumber() {
        assertThat(GroupDefaults.name(null, 2)).isEqualTo("group-2");
        assertThat(GroupDefaults.name("canary", 2)).isEqualTo("canary");
    }

    @Test
    void aShareGoesBeforeACountAndACountBeforeAFilter() {
        assertThat(GroupDefaults.percent(10.0, 5, "tag==beta")).isEqualTo(10);
        assertThat(GroupDefaults.percent(null, 5, "tag==beta")).isZero();
        assertThat(GroupDefaults.percent(null, null, "tag==beta")).isEqualTo(100);
    }

    @Test
    void aGroupOfNothingIsRefused() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> GroupDefaults.percent(null, null, null))
                .satisfies(no -> assertThat(no.refusal().code()).isEqualTo(KernelRefusal.INVALID_REQUEST.code()));
    }

    @Test
    void oneGroupUnlessMoreAreWanted() {
        assertThat(GroupDefaults.count(null, KernelRefusal.INVALID_REQUEST)).isEqualTo(1);
        assertThat(GroupDefaults.count(500, KernelRefusal.INVALID_REQUEST)).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501})
    void aCountOutOfBoundsIsRefusedInTheCallersWords(int count) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> GroupDefaults.count(count, KernelRefusal.OVERLOADED))
                .satisfies(no -> assertThat(no.refusal().code()).isEqualTo(KernelRefusal.OVERLOADED.code()));
    }
}
