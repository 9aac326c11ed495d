package dev.muster.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReasonTest {

    @ParameterizedTest
    @CsvSource({
        "sector 4711 bad,sector # bad",
        "sector 12 bad,sector # bad",
        "read 0x1F at 0xdeadBEEF,read # at #",
        "hash 9f86d081884c7d65 differs,hash # differs",
        "device 550e8400-e29b-41d4-a716-446655440000 is gone,device # is gone",
        "mmcblk0p2: no space,mmcblk#p#: no space",
        "dead cafe,dead cafe",
        "load 1.75,load #.#",
        "größe 3 MB,größe # MB"
    })
    void numbersAreMasked(String text, String masked) {
        assertThat(FailureReason.masked(text)).isEqualTo(masked);
    }

    @Test
    void whatDiffersInNumbersOnlyIsOneReason() {
        assertThat(said(null, "sector 4711 bad").key())
                .isEqualTo(said(null, "sector 12 bad").key());
        assertThat(said(null, "sector 12 bad").key())
                .isNotEqualTo(said(null, "sector 12 worn").key());
        assertThat(said(500, "no space").key())
                .as("another code is another reason")
                .isNotEqualTo(said(404, "no space").key());
        assertThat(said(null, "x").key()).matches("[0-9a-f]{16}");
    }

    @Test
    void theFirstLineThatSaysSomethingCounts() {
        assertThat(said(7, "", "  ", " no space left ", "details")).isEqualTo(new FailureReason("no space left", 7));
        assertThat(said(7)).isEqualTo(new FailureReason("status code 7", 7));
        assertThat(said(null)).isEqualTo(new FailureReason("no reason given", null));
        assertThat(said(null, "x".repeat(5_000)).message()).hasSize(201);
    }

    @Test
    void silenceHasItsOwnWords() {
        assertThat(FailureReason.of(plan(null), true, false, null, List.of("did not finish in time"))
                        .message())
                .isEqualTo("no answer within 24h");
        assertThat(FailureReason.of(plan(Duration.ofMinutes(10)), true, true, null, List.of())
                        .message())
                .isEqualTo("no proof of health within 10m");
    }

    private static FailureReason said(@Nullable Integer code, String... messages) {
        return FailureReason.of(plan(null), false, false, code, List.of(messages));
    }

    private static RolloutPlan plan(@Nullable Duration healthyWithin) {
        return new RolloutPlan(
                "spring",
                new ReleaseRef(ReleaseId.of("os", "2"), "os", "2"),
                "id==*",
                List.of(),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                Duration.ofHours(24),
                new RolloutPolicy(false, null, null, healthyWithin, null, null, null));
    }
}
