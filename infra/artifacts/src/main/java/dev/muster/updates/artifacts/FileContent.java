package dev.muster.updates.artifacts;

import dev.muster.updates.ArtifactContent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open file as content. Deleting the file meanwhile does no harm. */
final class FileContent implements ArtifactContent, AutoCloseable {

    private final FileChannel channel;
    private final long size;

    /** Opens the file for reading. */
    FileContent(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        long position = offset;
        while (into.hasRemaining()) {
            int read = channel.read(into, position);
            if (read < 0) {
                throw new EOFException("the file ends at %d, %d bytes early".formatted(position, into.remaining()));
            }
            position += read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
