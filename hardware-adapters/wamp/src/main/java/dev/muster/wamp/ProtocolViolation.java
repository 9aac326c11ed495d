package dev.muster.wamp;

/** Something that no client of this protocol sends. It ends the session. */
final class ProtocolViolation extends RuntimeException {

    ProtocolViolation(String text) {
        super(text, null, false, false);
    }

    /** In words for whoever sent it. */
    String text() {
        return String.valueOf(getMessage());
    }
}
