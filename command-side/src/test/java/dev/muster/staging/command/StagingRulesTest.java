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
}
