package dev.muster.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupSizesTest {

    @Test
    void aShareIsRoundedUpAndTheLastTakesWhatIsLeft() {
        assertThat(GroupSizes.of(List.of(10.0, 90.0), 105)).containsExactly(11, 94);
        assertThat(GroupSizes.of(List.of(10.0, 90.0), 1)).containsExactly(1, 0);
        assertThat(GroupSizes.of(List.of(10.0, 10.0), 100)).containsExactly(10, 90);
    }

    @Test
    void sizesAddUpToAllMembers() {
        List<Double> thirds = List.of(100.0 / 3, 100.0 / 3, 100.0 / 3);
        for (int members = 0; members < 500; members++) {
            assertThat(GroupSizes.of(thirds, members).stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(members);
        }
    }
}
