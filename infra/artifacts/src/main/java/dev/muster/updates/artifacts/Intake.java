package dev.muster.updates.artifacts;

import dev.muster.updates.ArtifactStore.Inspection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The room where uploads wait until they are complete.
 *
 * <p>Each upload is bound to one worker of the scheduler: bytes are written, the result is kept, and the leftovers are
 * removed there, one after the other. So a canceled upload's file is removed only after its last write, and the next
 * buffer is asked for only after the one before is on its way to the disk.
 */
final class Intake {

    /** What becomes of a complete file; may block. Moving it away is fine, it is removed otherwise. */
    interface Keeper<T> {
        T keep(Path file, Digests digests) throws Exception;
    }

    private final Path room;
    private final long freeSpaceMin;
    private final Scheduler scheduler;

    /**
     * Opens the room and clears what an earlier run left in it. Blocks briefly; one process per room.
     *
     * @param freeSpaceMin bytes of the disk that stay free for others
     */
    Intake(Path room, long freeSpaceMin, Scheduler scheduler) {
        this.room = room;
        this.freeSpaceMin = freeSpaceMin;
        this.scheduler = scheduler;
        try {
            Files.createDirectories(room);
            try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(room, Files::isRegularFile)) {
                for (Path leftover : leftovers) {
                    Files.delete(leftover);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the directory for uploads cannot be prepared: " + room, e);
        }
    }

    /** A fresh name in the room. */
    Path newFile() {
        return room.resolve(UUID.randomUUID().toString());
    }

    /** Takes a stream in, has the complete file inspected, and gives it to the keeper. */
    <T> Mono<T> receive(Flux<ByteBuffer> content, long sizeMax, Inspection inspection, Keeper<T> keeper) {
        return Mono.defer(() -> {
            Scheduler worker = Schedulers.single(scheduler);
            return Mono.usingWhen(
                            Mono.fromSupplier(() -> new Incoming(newFile(), sizeMax, freeSpaceMin)),
                            incoming -> written(content, incoming, worker)
                                    .then(Mono.fromCallable(() -> kept(incoming, inspection, keeper))
                                            .subscribeOn(worker)),
                            incoming -> discarded(incoming, worker),
                            (incoming, failure) -> discarded(incoming, worker),
                            incoming -> discarded(incoming, worker))
                    .onErrorMap(StoreFaults::explained);
        });
    }

    private static <T> T kept(Incoming incoming, Inspection inspection, Keeper<T> keeper) throws Exception {
        Digests digests = incoming.complete();
        try (FileContent whole = new FileContent(incoming.file())) {
            inspection.inspect(whole);
        }
        return keeper.keep(incoming.file(), digests);
    }

    private static Mono<Void> written(Flux<ByteBuffer> content, Incoming incoming, Scheduler worker) {
        return content.publishOn(worker, 1)
                .doOnNext(bytes -> {
                    try {
                        incoming.take(bytes);
                    } catch (IOException e) {
                        throw Exceptions.propagate(e);
                    }
                })
                .then();
    }

    private static Mono<Void> discarded(Incoming incoming, Scheduler worker) {
        return Mono.<Void>fromCallable(() -> {
                    incoming.discard();
                    return null;
                })
                .subscribeOn(worker)
                .doFinally(end -> worker.dispose());
    }
}
