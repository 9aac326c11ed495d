package dev.muster.updates.command.http;

import dev.muster.kernel.KernelRefusal;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.RemoteFiles;
import dev.muster.updates.RemoteFiles.RemoteFile;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.UrlPasswords;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Gets to know files that stay on other hosts: one pass over each takes its digests and reads the bundle's own
 * description. The password of an address is kept when the address proved to be readable with it, so that a worse one
 * never replaces it.
 */
public final class Fetches {

    private static final int AT_ONCE_MAX = 4;

    private final RemoteFiles files;
    private final UrlPasswords passwords;
    private final BundleReader.Factory bundles;
    private final long sizeMax;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    /** @param sizeMax bytes in one file */
    public Fetches(RemoteFiles files, UrlPasswords passwords, BundleReader.Factory bundles, long sizeMax) {
        this.files = files;
        this.passwords = passwords;
        this.bundles = bundles;
        this.sizeMax = sizeMax;
    }

    /** A file as it was read, with what it says about itself; {@code bundle} is null for a plain file. */
    public record Fetched(
            RemoteUrl url, RemoteFile file, @Nullable BundleFacts bundle) {}

    public Mono<Fetched> take(RemoteUrl url) {
        return Mono.defer(() -> {
            if (!places.tryAcquire()) {
                throw KernelRefusal.OVERLOADED.because(AT_ONCE_MAX + " files are being read from other hosts already.");
            }
            return read(url).doFinally(end -> places.release());
        });
    }

    private Mono<Fetched> read(RemoteUrl url) {
        return Mono.defer(() -> {
            BundleReading reading = new BundleReading(bundles.newReader());
            return files.read(url, sizeMax, reading::over)
                    .flatMap(file -> passwords.keep(url).thenReturn(new Fetched(url, file, reading.bundle())));
        });
    }
}
