package dev.muster.lab.query;

/**
 * How something of the lab was used.
 *
 * @param reservations how many were accepted
 * @param heldMillis how long somebody had it: from hand-over to the start of the clean-up
 * @param waits how many queued requests were fulfilled
 * @param waitedMillis how long those waited together: from when they were ready to be served to the hand-over
 * @param preparationsFailed how often it could not be made ready
 * @param releasesFailed how often it could not be cleaned up
 */
public record Tally(
        long reservations,
        long heldMillis,
        long waits,
        long waitedMillis,
        long preparationsFailed,
        long releasesFailed) {

    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0);

    static final Tally RESERVATION = new Tally(1, 0, 0, 0, 0, 0);
    static final Tally PREPARATION_FAILED = new Tally(0, 0, 0, 0, 1, 0);
    static final Tally RELEASE_FAILED = new Tally(0, 0, 0, 0, 0, 1);

    static Tally held(long millis) {
        return new Tally(0, millis, 0, 0, 0, 0);
    }

    static Tally waited(long millis) {
        return new Tally(0, 0, 1, millis, 0, 0);
    }

    public Tally plus(Tally more) {
        return new Tally(
                reservations + more.reservations,
                heldMillis + more.heldMillis,
                waits + more.waits,
                waitedMillis + more.waitedMillis,
                preparationsFailed + more.preparationsFailed,
                releasesFailed + more.releasesFailed);
    }
}
