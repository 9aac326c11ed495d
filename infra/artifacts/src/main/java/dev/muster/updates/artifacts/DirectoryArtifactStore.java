package dev.muster.updates.artifacts;

import dev.muster.updates.ArtifactStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    public Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax, Inspection inspection) {
        return intake.receive(
                content,
                sizeMax,
                inspection,
                (file, digests) -> files.add(file, intake.newFile(), digests, clock.instant()));
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
            return new FileSource(new FileContent(artifact.path()), offset, length);
        } catch (NoSuchFileException e) {
            throw StoreFaults.unknown(sha256);
        }
    }

    /** A part of an open file. */
    private static final class FileSource implements Slices.Source {

        private final FileContent file;
        private final long end;
        private long position;

        FileSource(FileContent file, long offset, long length) {
            this.file = file;
            this.position = offset;
            this.end = offset + length;
        }

        @Override
        public long remaining() {
            return end - position;
        }

        @Override
        public void fill(ByteBuffer buffer) throws IOException {
            int wanted = buffer.remaining();
            file.read(position, buffer);
            position += wanted;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
