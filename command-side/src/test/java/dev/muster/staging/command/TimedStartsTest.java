package dev.muster.staging.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.ConfigRefusal;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.kernel.Timers;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A timer that fails goes off again; one that does not is done with. */
class TimedStartsTest {

    private final HandTimer timer = new HandTimer();

    private void start(RefusalCode no) {
        TimedStarts starts =
                new TimedStarts("start", timer, id -> CompletableFuture.failedFuture(no.because("not now")));
        starts.at("r1", Instant.EPOCH);
        timer.fire();
    }

    @Test
    void whatSomebodyStoppedIsLeftAlone() {
        assertThatCode(() -> start(ConfigRefusal.ROLLOUT_STATE)).doesNotThrowAnyException();
    }

    @Test
    void aBusyHouseIsAskedAgain() {
        assertThatThrownBy(() -> start(KernelRefusal.OVERLOADED)).isInstanceOf(Refused.class);
    }

    private static final class HandTimer implements Timers {

        private @Nullable Due due;
        private String key = "";

        @Override
        public void set(String owner, String key, Instant due, byte[] payload) {
            this.key = key;
        }

        @Override
        public void cancel(String owner, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onDue(String owner, Due action) {
            due = action;
        }

        void fire() {
            if (due == null) {
                throw new AssertionError("nobody waits for it");
            }
            due.fire(key, new byte[0]);
        }
    }
}
