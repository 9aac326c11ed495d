package dev.muster.server.lab;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabOrders;
import dev.muster.server.AfterHistory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Puts the configured file in force when the process is sent SIGHUP (contract §7.1), as servers with a file do. */
public final class HangupReload implements AfterHistory {

    private static final Logger LOG = LoggerFactory.getLogger(HangupReload.class);
    private static final Signal HANGUP = new Signal("HUP");

    private final LabOrders orders;
    private @Nullable SignalHandler before;

    public HangupReload(LabOrders orders) {
        this.orders = orders;
    }

    @Override
    public synchronized void begin() {
        try {
            before = Signal.handle(HANGUP, signal -> reload());
        } catch (IllegalArgumentException e) {
            LOG.info(
                    "SIGHUP is somebody else's; the lab's file is read again by POST /api/v1/lab/configuration/reload");
        }
    }

    private void reload() {
        orders.reload(LabStart.SYSTEM)
                .subscribe(
                        configuration -> LOG.info(
                                "The lab's file was read again: {} boards",
                                configuration.boards().size()),
                        failure -> LOG.error("The lab's file is not taken, all stays as it was: {}", reason(failure)));
    }

    private static String reason(Throwable failure) {
        return Refused.in(failure)
                .map(refusal -> refusal.message() + " " + refusal.details())
                .orElseGet(failure::toString);
    }

    @Override
    public synchronized void end() {
        if (before != null) {
            Signal.handle(HANGUP, before);
            before = null;
        }
    }
}
