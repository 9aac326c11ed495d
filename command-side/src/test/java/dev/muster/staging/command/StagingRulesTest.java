package dev.muster.staging.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.ConfigRefusal;
import dev.muster.kernel.Refused;
import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A timer that no clock can reach would keep all rollouts behind it from their timers. */
class StagingRulesTest {

    private static void timeout(@Nullable Duration timeout) {
        StagingRules.check("winter", List.of(new Group("all", 100, 80, 20, null, null)), timeout, ConfigRefusal.ROLLOUT_INVALID);
    }

    private static void start(@Nullable Instant at) {
        StagingRules.checkStart(at, ConfigRefusal.ROLLOUT_INVALID);
    }

    @Test
    void silenceEndsInSomebodysLife() {
        assertThatCode(() -> timeout(null)).doesNotThrowAnyException();
        assertThatCode(() -> timeout(StagingRules.TIMEOUT_MAX)).doesNotThrowAnyException();
        assertThatThrownBy(() -> timeout(StagingRules.TIMEOUT_MAX.plusNanos(1))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> timeout(Duration.ofSeconds(Long.MAX_VALUE))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> timeout(Duration.ZERO)).isInstanceOf(Refused.class);
    }

    @Test
    void aStartIsATimeThatTimersKnow() {
        assertThatCode(() -> start(null)).doesNotThrowAnyException();
        assertThatCode(() -> start(Instant.parse("2026-11-20T08:00:00Z"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> start(Instant.parse("1969-12-31T23:59:59Z"))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> start(Instant.MAX)).isInstanceOf(Refused.class);
    }

    private static void group(double percent, @Nullable Integer count, @Nullable String filter) {
        List<Group> groups = List.of(new Group("all", percent, 80, 20, count, filter));
        StagingRules.checkFiltered("winter", groups, null, ConfigRefusal.ROLLOUT_INVALID);
    }

    @Test
    void aGroupHasAShareOrACount() {
        assertThatCode(() -> group(100, null, null)).doesNotThrowAnyException();
        assertThatCode(() -> group(0, 1, null)).doesNotThrowAnyException();
        assertThatCode(() -> group(50, null, "attribute.hw==2")).doesNotThrowAnyException();
        assertThatThrownBy(() -> group(0, null, null)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> group(0, 0, null)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> group(10, 5, null)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> group(50, null, " ")).isInstanceOf(Refused.class);
    }

    @Test
    void sharesOfFilteredGroupsAreOfOthersAndDoNotAddUp() {
        Group filtered = new Group("a", 100, 80, 20, null, "attribute.hw==2");
        Group plain = new Group("b", 100, 80, 20, null, null);
        assertThatCode(() -> StagingRules.checkFiltered(
                        "winter", List.of(filtered, plain), null, ConfigRefusal.ROLLOUT_INVALID))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> StagingRules.check("winter", List.of(filtered), null, ConfigRefusal.ROLLOUT_INVALID))
                .isInstanceOf(Refused.class);
    }
}
