package dev.muster.updates.bundles;

import dev.muster.updates.ArtifactContent;
import java.io.EOFException;
import java.nio.ByteBuffer;

/** Content in memory. */
record Bytes(byte[] all) implements ArtifactContent {

    @Override
    public long size() {
        return all.length;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws EOFException {
        if (offset < 0 || into.remaining() > all.length - offset) {
            throw new EOFException("no %d bytes at %d of %d".formatted(into.remaining(), offset, all.length));
        }
        into.put(all, (int) offset, into.remaining());
    }
}
