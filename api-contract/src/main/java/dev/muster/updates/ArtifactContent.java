package dev.muster.updates;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Content that is there as a whole and can be read at any place. Reading blocks. */
public interface ArtifactContent {

    /** In bytes. */
    long size();

    /**
     * Fills the buffer from its position to its limit with the bytes from {@code offset} on.
     * Throws {@link java.io.EOFException} when the content does not have them all.
     */
    void read(long offset, ByteBuffer into) throws IOException;
}
