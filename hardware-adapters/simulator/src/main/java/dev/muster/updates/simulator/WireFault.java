package dev.muster.updates.simulator;

/** A request that did not bring what was asked. */
public final class WireFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of the answer, or 0 when there was none */
    public WireFault(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Status of the answer, or 0 when there was none. */
    public int status() {
        return status;
    }
}
