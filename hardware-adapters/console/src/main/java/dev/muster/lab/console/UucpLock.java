package dev.muster.lab.console;

import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock files of a device, as terminal programs have kept them since UUCP (FHS 5.9): {@code LCK..ttyUSB0} with the
 * holder's process id, ten places wide. They come on top of the lock on the open device, which these programs may not
 * know. Some programs name them by the path they were given, others by where it leads; so both are taken.
 */
final class UucpLock {

    private static final Logger LOG = LoggerFactory.getLogger(UucpLock.class);
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    private static final int CONTENT_BYTES_MAX = 64;

    private final List<Path> files = new ArrayList<>();

    private UucpLock() {}

    /**
     * Locks a device, or fails with {@link LabRefusal#CONSOLE_BUSY}. Holds nothing where no lock files can be written.
     *
     * @param paths of the same device
     */
    static UucpLock take(Collection<Path> paths, Path directory) {
        UucpLock lock = new UucpLock();
        try {
            for (Path file : namesOf(paths, directory)) {
                lock.add(file);
            }
            return lock;
        } catch (RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    void release() {
        for (Path file : files) {
            try {
                if (holder(file) == ProcessHandle.current().pid()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                LOG.debug("The lock file {} stays: {}", file, e.toString());
            } finally {
                HELD_HERE.remove(file);
            }
        }
        files.clear();
    }

    /** {@code /dev/ttyUSB0} is LCK..ttyUSB0, {@code /dev/pts/3} is LCK..pts_3. */
    private static Set<Path> namesOf(Collection<Path> paths, Path directory) {
        Set<Path> names = new LinkedHashSet<>();
        for (Path path : paths) {
            String name = path.toString();
            String within = name.startsWith("/dev/") ? name.substring("/dev/".length()) : name;
            names.add(directory.resolve("LCK.." + within.replace('/', '_')));
        }
        return names;
    }

    private void add(Path file) {
        if (!HELD_HERE.add(file)) {
            throw busy(file);
        }
        boolean taken = false;
        try {
            taken = create(file) || (isStale(file) && Files.deleteIfExists(file) && create(file));
            if (!taken) {
                throw busy(file);
            }
            files.add(file);
        } catch (IOException e) {
            LOG.debug("No lock file {}: {}", file, e.toString());
        } finally {
            if (!taken) {
                HELD_HERE.remove(file);
            }
        }
    }

    private static boolean create(Path file) throws IOException {
        try {
            Files.writeString(
                    file,
                    "%10d\n".formatted(ProcessHandle.current().pid()),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Left by a process that is gone, or by an earlier one with our own number, as in a container. */
    private static boolean isStale(Path file) throws IOException {
        long holder = holder(file);
        return holder == ProcessHandle.current().pid()
                || (holder > 0 && ProcessHandle.of(holder).isEmpty());
    }

    /** A process id, or 0 when the file holds none: somebody may just be writing it. */
    private static long holder(Path file) throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(CONTENT_BYTES_MAX);
        }
        String text = new String(content, StandardCharsets.US_ASCII).strip();
        return text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
    }

    private static RuntimeException busy(Path file) {
        return LabRefusal.CONSOLE_BUSY.because(
                "Another program holds the serial port: there is its lock file " + file + ".");
    }
}
