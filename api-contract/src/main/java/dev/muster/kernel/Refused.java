package dev.muster.kernel;

import java.util.Optional;
import org.axonframework.commandhandling.CommandExecutionException;
import org.jspecify.annotations.Nullable;

/** A refusal on its way to the caller. It extends Axon's own exception so that its details cross the wire between nodes. */
public final class Refused extends CommandExecutionException {

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        super(refusal.message(), null, refusal);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** Finds the refusal in whatever a command dispatch failed with, also when it came from another node. */
    public static Optional<Refusal> in(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Refused refused) {
                return Optional.of(refused.refusal);
            }
            if (t instanceof CommandExecutionException e && e.getDetails().orElse(null) instanceof Refusal refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    /** Whether a command dispatch failed with a refusal that is an answer. Want of room is none: it is asked again. */
    public static boolean isAnswer(@Nullable Throwable failure) {
        return in(failure)
                .filter(refusal -> refusal.kind() != Refusal.Kind.UNAVAILABLE)
                .isPresent();
    }

    /** Whether a command dispatch failed with one of these refusals. */
    public static boolean is(@Nullable Throwable failure, RefusalCode... codes) {
        Refusal refusal = in(failure).orElse(null);
        for (RefusalCode code : codes) {
            if (refusal != null && refusal.code().equals(code.code())) {
                return true;
            }
        }
        return false;
    }
}
