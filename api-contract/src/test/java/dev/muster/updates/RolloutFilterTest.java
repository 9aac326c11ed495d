package dev.muster.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutFilterTest {

    @Test
    void aFilterIsKeptAndAFeedIsShortForOne() {
        assertThat(RolloutFilter.of("group==lab", null)).isEqualTo("group==lab");
        assertThat(RolloutFilter.of(null, "qa-2.x")).isEqualTo("metadata.feed==qa-2.x");
    }

    @Test
    void bothOrNeitherAreRefused() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> RolloutFilter.of("group==lab", "qa"))
                .satisfies(no -> assertThat(no.refusal().code()).isEqualTo(UpdatesRefusal.ROLLOUT_INVALID.code()));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> RolloutFilter.of(null, null))
                .satisfies(no -> assertThat(no.refusal().code()).isEqualTo(KernelRefusal.INVALID_REQUEST.code()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "qa;group==lab", "*"})
    void aFeedCannotBringAFilterOfItsOwn(String feed) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> RolloutFilter.of(null, feed))
                .satisfies(no -> assertThat(no.refusal().code()).isEqualTo(UpdatesRefusal.ROLLOUT_INVALID.code()));
    }
}
