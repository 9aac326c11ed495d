package dev.muster.lab;

/** Where it is told that people are still there: holders who said that they would be are waited for no longer than so. */
public interface LabContacts {

    /**
     * Somebody asked about the board by name, or has a channel open on it. Cheap, never blocks; nothing happens when it is
     * not theirs.
     *
     * @param person as {@link dev.muster.identity.Caller#person()} has it
     */
    void heard(BoardName board, String person);

    /** The same, of who asked about a reservation by its id, as those do who wait for one. */
    void heard(ReservationId reservation, String person);
}
