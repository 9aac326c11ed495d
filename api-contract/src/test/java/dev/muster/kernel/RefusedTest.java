package dev.muster.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RefusedTest {

    private static final Refused LATE = KernelRefusal.VERSION_LOST.because("Somebody was there first.");
    private static final Refused BUSY = KernelRefusal.OVERLOADED.because("Too many are waiting.");

    @Test
    void aRefusalIsAnAnswerHoweverDeepItLies() {
        assertThat(Refused.isAnswer(LATE)).isTrue();
        assertThat(Refused.isAnswer(new CompletionException(LATE))).isTrue();
    }

    @Test
    void wantOfRoomAndFailuresAreNone() {
        assertThat(Refused.isAnswer(BUSY)).isFalse();
        assertThat(Refused.isAnswer(new CompletionException(BUSY))).isFalse();
        assertThat(Refused.isAnswer(new IllegalStateException("broken"))).isFalse();
        assertThat(Refused.isAnswer(null)).isFalse();
    }
}
