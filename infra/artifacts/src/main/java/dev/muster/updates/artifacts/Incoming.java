package dev.muster.updates.artifacts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One upload on its way to disk, hashed as it is written. Opens its file at the first byte and never after it was
 * discarded, so that creating one costs nothing and leaks nothing. Used by one thread at a time.
 */
final class Incoming {

    /** How often the free space is asked for again: often enough not to eat the reserve of other programs. */
    private static final long CHECK_EVERY = 16L * 1024 * 1024;

    private final Path file;
    private final long sizeMax;
    private final long freeSpaceMin;
    private final Digests.Taker digests = new Digests.Taker();
    private @Nullable FileChannel channel;
    private @Nullable FileStore disk;
    private long checkAt;
    private boolean over;

    /**
     * @param file where to write; must not exist yet
     * @param sizeMax bytes after which the upload is refused
     * @param freeSpaceMin bytes of the disk that stay free for others
     */
    Incoming(Path file, long sizeMax, long freeSpaceMin) {
        this.file = file;
        this.sizeMax = sizeMax;
        this.freeSpaceMin = freeSpaceMin;
    }

    Path file() {
        return file;
    }

    /** Writes the bytes from position to limit. */
    void take(ByteBuffer bytes) throws IOException {
        if (over) {
            return;
        }
        if (bytes.remaining() > sizeMax - digests.size()) {
            throw StoreFaults.tooLarge(sizeMax);
        }
        FileChannel out = open();
        checkFreeSpace();
        digests.take(bytes);
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            out.write(rest);
        }
    }

    /** Brings everything to the disk itself and closes the file. */
    Digests complete() throws IOException {
        try (FileChannel out = open()) {
            out.force(true);
        }
        return digests.done();
    }

    /** Closes and removes the file; it is fine if it was never opened or has been moved away. */
    void discard() throws IOException {
        over = true;
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(file);
        }
    }

    private FileChannel open() throws IOException {
        if (channel == null) {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            disk = Files.getFileStore(file);
        }
        return channel;
    }

    private void checkFreeSpace() throws IOException {
        if (disk != null && digests.size() >= checkAt) {
            if (disk.getUsableSpace() < freeSpaceMin) {
                throw StoreFaults.full();
            }
            checkAt = digests.size() + CHECK_EVERY;
        }
    }
}
