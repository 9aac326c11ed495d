package dev.muster.wamp;

/** The way to whoever has a session. Used on the router's thread, and never makes it wait. */
interface Link {

    /** Takes a message on its way; false when it has no room, and then it was not taken. */
    boolean offer(Outgoing message);

    /** There will be nothing more: whatever was taken goes, and then the way is closed. */
    void end();
}
