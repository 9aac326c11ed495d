package dev.muster.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;

/**
 * Loads RocksDB's native library and removes the unpacked copy at once. Left to itself RocksDB removes its copy at an
 * orderly exit only, so each kill would leave 15 MB in the temporary directory.
 */
final class NativeLibrary {

    private static boolean loaded;

    private NativeLibrary() {}

    /** Unpacks into the temporary directory, or into the store's where programs may not be run from there. */
    static synchronized void load(Path storeDir) {
        if (loaded) {
            return;
        }
        List<String> failures = new ArrayList<>();
        for (Path parent : List.of(Path.of(System.getProperty("java.io.tmpdir")), storeDir)) {
            try {
                loadFrom(Files.createTempDirectory(parent, "rocksdb-native-"));
                loaded = true;
                return;
            } catch (IOException | UnsatisfiedLinkError | RuntimeException e) {
                failures.add(parent + ": " + e.getMessage());
            }
        }
        throw new StoreFault(
                StoreFault.Reason.NO_NATIVE_LIBRARY,
                "RocksDB's native library cannot be loaded, " + String.join("; ", failures));
    }

    private static void loadFrom(Path unpacked) throws IOException {
        try {
            NativeLibraryLoader.getInstance().loadLibrary(unpacked.toString());
        } finally {
            try (Stream<Path> files = Files.list(unpacked)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(unpacked);
        }
    }
}
