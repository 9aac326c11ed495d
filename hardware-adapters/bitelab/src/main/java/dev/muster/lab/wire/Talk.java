package dev.muster.lab.wire;

import dev.muster.lab.Board;
import org.jspecify.annotations.Nullable;

/** What goes on on one open WebSocket. All is called on its event loop, but for {@link #changed}. */
interface Talk {

    /** It is open. */
    void begin();

    /** Bytes came. */
    void bytes(byte[] bytes);

    /** Text came. */
    void text(String text);

    /** Whoever was there is gone, or was sent away: what is at the far end ends too. Once. */
    void over();

    /** The board is another than it was; only hand over, never block. */
    default void changed(@Nullable Board before, Board after) {}
}
