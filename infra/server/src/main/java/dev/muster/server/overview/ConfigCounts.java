package dev.muster.server.overview;

import dev.muster.config.DatabagEvent.DatabagReverted;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.overview.CommandRefused;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** Writes to databags, and orders about configuration that were refused, since this node started. */
public final class ConfigCounts implements Fold {

    private static final String CONFIG = "config.";

    private final Instant began;
    private final LongAdder writes = new LongAdder();
    private final LongAdder refused = new LongAdder();

    public ConfigCounts(Clock clock) {
        this.began = clock.instant();
    }

    @Override
    public String name() {
        return "config-counts";
    }

    /** History that is read again at the start was counted by the process that saw it. */
    @Override
    public void apply(Recorded recorded) {
        if (recorded.at().isBefore(began)) {
            return;
        }
        switch (recorded.event()) {
            case ViewWritten event -> writes.increment();
            case DatabagReverted event -> writes.increment();
            case CommandRefused event when event.command().startsWith(CONFIG) -> refused.increment();
            default -> {
                // Nothing was written here.
            }
        }
    }

    long writes() {
        return writes.sum();
    }

    long refused() {
        return refused.sum();
    }
}
