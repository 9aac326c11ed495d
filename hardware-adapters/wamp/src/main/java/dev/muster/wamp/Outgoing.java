package dev.muster.wamp;

import org.jspecify.annotations.Nullable;

/** A message on its way to one session or to many. It is written once for all who speak alike. */
final class Outgoing {

    final Message message;
    private final byte[] @Nullable [] written = new byte[Codec.values().length][];
    private final boolean isDroppable;

    Outgoing(Message message) {
        this(message, message instanceof Message.Event);
    }

    private Outgoing(Message message, boolean isDroppable) {
        this.message = message;
        this.isDroppable = isDroppable;
    }

    /** The same for whoever must not miss it. */
    Outgoing withoutFail() {
        return new Outgoing(message, false);
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
        return isDroppable;
    }
}
