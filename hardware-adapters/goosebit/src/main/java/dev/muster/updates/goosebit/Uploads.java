package dev.muster.updates.goosebit;

import dev.muster.kernel.Ids;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.goosebit.Parts.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes software in, as one file, in pieces, or by its address (contract §5.4, §7). A form's fields may stand behind its
 * file, so the file waits on the disk until all of it is known. What nobody goes on with is forgotten.
 */
final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final GoosebitPorts ports;
    private final GoosebitSettings settings;
    private final Bodies bodies;
    private final Parts parts;
    /** When the last piece of an upload came, by its file. Guarded by itself. */
    private final Map<Path, Instant> underWay = new HashMap<>();

    /** Clears what a stop left behind; blocks. */
    Uploads(GoosebitPorts ports, GoosebitSettings settings, Bodies bodies) {
        this.ports = ports;
        this.settings = settings;
        this.bodies = bodies;
        this.parts = new Parts(settings);
        try {
            Files.createDirectories(settings.uploads());
            try (Stream<Path> left = Files.list(settings.uploads())) {
                left.forEach(Uploads::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the directory of uploads cannot be used", e);
        }
    }

    /** One file or an address; answers the software's number. Fails with 4xx, or as the intake does. */
    Mono<Long> whole(Visit visit) {
        if (!isMultipart(visit)) {
            return bodies.form(visit).flatMap(form -> fetched(visit, form.last("url")));
        }
        return withFile(
                file -> parts.read(visit, "file", file, settings.fileBytesMax()).flatMap(sent -> {
                    String url = sent.field("url");
                    if (url != null && !url.isEmpty()) {
                        return fetched(visit, url);
                    }
                    String name = sent.fileName();
                    return name == null
                            ? Mono.error(nothingSent())
                            : ports.intake()
                                    .upload(
                                            read(file),
                                            ports.intake().fileName(name),
                                            visit.guest().provenance());
                }));
    }

    /** A piece of a file, or an address. */
    Mono<Void> piece(Visit visit) {
        if (!isMultipart(visit)) {
            return bodies.form(visit)
                    .flatMap(form -> fetched(visit, form.last("url")))
                    .then();
        }
        return withFile(file -> parts.read(visit, "chunk", file, settings.fileBytesMax())
                        .flatMap(sent -> {
                            String url = sent.field("url");
                            return url != null && !url.isEmpty() ? fetched(visit, url) : taken(visit, sent, file);
                        }))
                .then();
    }

    private Mono<Long> fetched(Visit visit, @Nullable String url) {
        return url == null || url.isEmpty()
                ? Mono.error(nothingSent())
                : ports.intake().fetch(RemoteUrl.parse(url), visit.guest().provenance());
    }

    private static WireFailure nothingSent() {
        return WireFailure.unprocessable("Either file or url must be provided");
    }

    /** Adds the piece to what came before it; the last one makes the software, else empty. */
    private Mono<Long> taken(Visit visit, Sent sent, Path piece) {
        String given = sent.field("filename");
        if (given == null || given.isBlank()) {
            return Mono.error(WireFailure.detail(400, "Filename must be specified"));
        }
        if (sent.fileName() == null) {
            return Mono.error(nothingSent());
        }
        String name = ports.intake().fileName(given);
        boolean first = isTrue(sent.field("init"));
        boolean last = isTrue(sent.field("done"));
        Path whole = settings.uploads()
                .resolve("whole-" + Ids.digest(visit.guest().caller().actor() + "\n" + name));
        return Mono.fromRunnable(() -> enter(whole, first, visit.now))
                .then(onDisk(() -> append(piece, whole, first)))
                .flatMap(size -> {
                    if (size > settings.fileBytesMax()) {
                        leave(whole);
                        return onDisk(() -> delete(whole))
                                .then(Mono.<Long>error(WireFailure.tooLarge(settings.fileBytesMax())));
                    }
                    if (!last) {
                        return Mono.empty();
                    }
                    leave(whole);
                    return ports.intake()
                            .upload(read(whole), name, visit.guest().provenance())
                            .doFinally(end -> Schedulers.boundedElastic().schedule(() -> delete(whole)));
                });
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null && (text.equalsIgnoreCase("true") || text.equals("1"));
    }

    /** Notes that an upload goes on; those that nobody goes on with make room. Fails with 400 or 503. */
    private void enter(Path whole, boolean first, Instant now) {
        synchronized (underWay) {
            Instant oldest = now.minus(settings.uploadIdle());
            List<Path> idle = underWay.entrySet().stream()
                    .filter(each -> each.getValue().isBefore(oldest))
                    .map(Map.Entry::getKey)
                    .toList();
            idle.forEach(each -> {
                underWay.remove(each);
                Schedulers.boundedElastic().schedule(() -> delete(each));
            });
            if (!first && !underWay.containsKey(whole)) {
                throw WireFailure.detail(400, "The upload was not begun, or was forgotten");
            }
            if (!underWay.containsKey(whole) && underWay.size() >= settings.uploadsMax()) {
                throw WireFailure.tryAgain("Too many files are being uploaded at the moment.");
            }
            underWay.put(whole, now);
        }
    }

    private void leave(Path whole) {
        synchronized (underWay) {
            underWay.remove(whole);
        }
    }

    /** Answers how many bytes there are now. */
    private static Long append(Path piece, Path whole, boolean first) throws IOException {
        if (first) {
            Files.deleteIfExists(whole);
        }
        try (FileChannel in = FileChannel.open(piece, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(whole, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long done = 0;
            long size = in.size();
            while (done < size) {
                done += in.transferTo(done, size - done, out);
            }
            return out.size();
        }
    }

    /** Gives a new file for as long as the work on it lasts. */
    private <T> Mono<T> withFile(java.util.function.Function<Path, Mono<T>> work) {
        return Mono.usingWhen(
                onDisk(() -> Files.createTempFile(settings.uploads(), "part-", null)),
                work,
                file -> onDisk(() -> delete(file)));
    }

    private static <T> Mono<T> onDisk(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    private static Boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
            return false;
        }
    }

    /** Piece by piece, as they are asked for; on threads that may wait. */
    private static Flux<ByteBuffer> read(Path file) {
        return Flux.using(
                        () -> FileChannel.open(file, StandardOpenOption.READ),
                        channel -> Flux.<ByteBuffer>generate(sink -> {
                            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
                            try {
                                if (channel.read(buffer) < 0) {
                                    sink.complete();
                                } else {
                                    sink.next(buffer.flip());
                                }
                            } catch (IOException e) {
                                sink.error(e);
                            }
                        }),
                        Uploads::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a file was not closed", e);
        }
    }

    private static boolean isMultipart(Visit visit) {
        String type = visit.headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.regionMatches(
                        true, 0, MediaType.MULTIPART_FORM_DATA_VALUE, 0, MediaType.MULTIPART_FORM_DATA_VALUE.length());
    }
}
