package dev.muster.lab.power;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a future failed with, as a refusal of the lab. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Throwable unwrapped(Throwable failure) {
        Throwable t = failure;
        while ((t instanceof CompletionException || t instanceof ExecutionException) && t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }

    /** A bug is logged once, here, and told as a fault. */
    static Refused refused(Throwable failure) {
        return switch (unwrapped(failure)) {
            case Refused refused -> refused;
            case RejectedExecutionException _ ->
                LabRefusal.POWER_TIMEOUT.because("This server is too busy, or stopping, to reach the power switch.");
            case Throwable other -> {
                LOG.error("a power operation failed in an unforeseen way", other);
                yield LabRefusal.POWER_FAULT.because("The power operation failed in an unforeseen way; see the log.");
            }
        };
    }

    static boolean isA(Throwable failure, LabRefusal code) {
        return unwrapped(failure) instanceof Refused refused
                && refused.refusal().code().equals(code.code());
    }
}
