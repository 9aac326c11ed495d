package dev.muster.store;

import org.jspecify.annotations.Nullable;

/** The event store cannot do what was asked: one sentence for the operator, a reason for code. */
public final class StoreFault extends RuntimeException {

    /** What sort of fault it is. */
    public enum Reason {
        /** Another process, or another store in this process, holds the directory. */
        LOCKED,
        /** The directory was written by a newer version of this program. */
        NEWER_FORMAT,
        /** There is no store where one was expected. */
        NOT_A_STORE,
        /** Bytes on disk are not what was written. */
        DAMAGED,
        /** A write or fsync failed; what is on disk is unknown, so nothing more is written until a restart. */
        WRITE_FAILED,
        /** The commit was not confirmed in time; it may or may not become durable. */
        OUTCOME_UNKNOWN,
        /** The store has been closed, or was opened for reading only. */
        CLOSED,
        /** The database's native library does not run here. */
        NO_NATIVE_LIBRARY,
        /** The request breaks a limit of the store. */
        TOO_LARGE
    }

    private final Reason reason;
    private final String message;

    public StoreFault(Reason reason, String message) {
        this(reason, message, null);
    }

    public StoreFault(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public Reason reason() {
        return reason;
    }
}
