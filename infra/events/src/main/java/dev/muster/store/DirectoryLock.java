package dev.muster.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One process, one store per directory. The operating system drops the lock when the process dies, however it dies.
 *
 * <p>The set of held directories comes first because closing any descriptor of a file drops every POSIX lock this
 * process has on it: a second attempt within the process must never open the lock file at all.
 */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "store.lock";
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path dir;
    private final FileChannel channel;

    private DirectoryLock(Path dir, FileChannel channel) {
        this.dir = dir;
        this.channel = channel;
    }

    /** Takes the directory, which must exist, or fails with {@code LOCKED}, naming the holder's process id if known. */
    static DirectoryLock take(Path storeDir) {
        Path dir;
        try {
            dir = storeDir.toRealPath();
        } catch (IOException e) {
            throw new StoreFault(StoreFault.Reason.NOT_A_STORE, "cannot open directory " + storeDir + ": " + e, e);
        }
        if (!HELD.add(dir)) {
            throw locked(dir, "this process (" + ProcessHandle.current().pid() + ")");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    dir.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = Files.readString(dir.resolve(FILE)).strip();
                throw locked(dir, holder.isEmpty() ? "another process" : "process " + holder);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(dir, channel);
        } catch (IOException e) {
            release(dir, channel);
            throw new StoreFault(StoreFault.Reason.LOCKED, "cannot lock directory " + dir + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            release(dir, channel);
            throw e;
        }
    }

    @Override
    public void close() {
        release(dir, channel);
    }

    private static void release(Path dir, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new StoreFault(StoreFault.Reason.LOCKED, "cannot release directory " + dir, e);
        } finally {
            HELD.remove(dir);
        }
    }

    private static StoreFault locked(Path dir, String holder) {
        return new StoreFault(StoreFault.Reason.LOCKED, "event store " + dir + " is in use by " + holder);
    }
}
