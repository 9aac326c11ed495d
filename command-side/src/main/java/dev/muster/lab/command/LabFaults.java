package dev.muster.lab.command;

import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.command.LabOutcomes.Failure;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What goes wrong at a board, as a code and a sentence that history keeps, and as the refusal it becomes again. */
final class LabFaults {

    private static final int MESSAGE_LENGTH_MAX = 500;

    private LabFaults() {}

    /** @param otherwise what it counts as when it is no refusal */
    static Failure of(Throwable thrown, RefusalCode otherwise) {
        return Refused.in(thrown)
                .map(refusal -> new Failure(refusal.code(), shortened(refusal.message())))
                .orElseGet(() -> new Failure(
                        otherwise.code(), shortened(String.valueOf(cause(thrown).getMessage()))));
    }

    static Refused refused(Failure failure) {
        return named(failure.code()).because(failure.message());
    }

    private static LabRefusal named(String code) {
        for (LabRefusal each : LabRefusal.values()) {
            if (each.code().equals(code)) {
                return each;
            }
        }
        return LabRefusal.SETUP_FAILED;
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE_LENGTH_MAX ? message : message.substring(0, MESSAGE_LENGTH_MAX) + "…";
    }
}
