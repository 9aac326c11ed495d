package dev.muster.updates.artifacts;

import dev.muster.updates.ArtifactStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Stores artifacts in a directory of this machine. One process per directory: at start everything in its {@code tmp}
 * is a leftover and goes.
 */
public final class DirectoryArtifactStore implements ArtifactStore {

    private final StoredFiles files;
    private final Intake intake;
    private final Clock clock;
    private final Scheduler scheduler;

    /**
     * Creates the directory if needed; blocks briefly.
     *
     * @param root the directory; must support atomic renames inside itself
     * @param scheduler where files are written and read, one that may block
     */
    public DirectoryArtifactStore(Path root, DirectorySettings settings, Clock clock, Scheduler scheduler) {
        Path place = root.toAbsolutePath().normalize();
        this.intake = new Intake(place.resolve("tmp"), settings.freeSpaceMin(), scheduler);
        this.files = new StoredFiles(place);
        this.clock = clock;
        this.scheduler = scheduler;
    }

    @Override
    public Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax) {
        return intake.receive(
                content, sizeMax, (file, digests) -> files.add(file, intake.newFile(), digests, clock.instant()));
    }

    @Override
    public Mono<StoredArtifact> find(String sha256) {
        return Digests.isSha256(sha256)
                ? Mono.fromCallable(() -> files.find(sha256).orElse(null)).subscribeOn(scheduler)
                : Mono.empty();
    }

    @Override
    public Flux<ByteBuffer> read(String sha256, long offset, long length) {
        if (!Digests.isSha256(sha256)) {
            return Flux.error(() -> StoreFaults.unknown(sha256));
        }
        return Slices.flux(() -> open(sha256, offset, length), scheduler);
    }

    @Override
    public Mono<Boolean> delete(String sha256) {
        return Digests.isSha256(sha256)
                ? Mono.fromCallable(() -> files.delete(sha256)).subscribeOn(scheduler)
                : Mono.just(false);
    }

    private Slices.Source open(String sha256, long offset, long length) throws IOException {
        StoredArtifact artifact = files.find(sha256).orElseThrow(() -> StoreFaults.unknown(sha256));
        Slices.checkRange(artifact.size(), offset, length);
        if (artifact.path() == null) {
            throw new IllegalStateException("a directory always has a path");
        }
        try {
            return new FileSource(FileChannel.open(artifact.path(), StandardOpenOption.READ), offset, length);
        } catch (NoSuchFileException e) {
            throw StoreFaults.unknown(sha256);
        }
    }

    /** A part of an open file. Deleting the file meanwhile does no harm. */
    private static final class FileSource implements Slices.Source {

        private final FileChannel channel;
        private final long end;
        private long position;

        FileSource(FileChannel channel, long offset, long length) {
            this.channel = channel;
            this.position = offset;
            this.end = offset + length;
        }

        @Override
        public long remaining() {
            return end - position;
        }

        @Override
        public void fill(ByteBuffer buffer) throws IOException {
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, position);
                if (read < 0) {
                    throw new EOFException("the file ends at %d, before %d".formatted(position, end));
                }
                position += read;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
