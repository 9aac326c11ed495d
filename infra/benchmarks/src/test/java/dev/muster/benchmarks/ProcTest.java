package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcTest {

    private static final long NOBODY = 1L << 40;

    private final long self = ProcessHandle.current().pid();

    @Test
    void thePeakIsAtLeastWhatIsResidentNow() throws IOException {
        long now = Proc.rss(self);
        assertThat(now).isGreaterThan(10L << 20);
        assertThat(Proc.peakRss(self)).isGreaterThanOrEqualTo(now);
    }

    @Test
    void aProcessThatIsNotThereHasNone() {
        assertThatThrownBy(() -> Proc.peakRss(NOBODY)).isInstanceOf(IOException.class);
    }
}
