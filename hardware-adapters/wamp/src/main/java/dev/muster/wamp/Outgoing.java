package dev.muster.wamp;

import org.jspecify.annotations.Nullable;

/** A message on its way to one session or to many. It is written once for all who speak alike. */
final class Outgoing {

    final Message message;
    private final byte[] @Nullable [] written = new byte[Codec.values().length][];

    Outgoing(Message message) {
        this.message = message;
    }

    /** The bytes, which nobody may change. On the router's thread alone. */
    byte[] bytes(Codec codec) {
        byte[] known = written[codec.ordinal()];
        if (known == null) {
            known = codec.write(WireForm.of(message));
            written[codec.ordinal()] = known;
        }
        return known;
    }

    /** Whether whoever has no room for it may go without: a viewer that does not keep up misses some, and stays. */
    boolean isDroppable() {
        return message instanceof Message.Event;
    }
}
