package dev.muster.updates.goosebit;

import dev.muster.kernel.Ids;
import dev.muster.kernel.Room;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.goosebit.Parts.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
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
    private static final Pattern HTTP = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

    private final GoosebitPorts ports;
    private final GoosebitSettings settings;
    private final Bodies bodies;
    private final Parts parts;
    private final UploadsUnderWay underWay;
    /** For files on their way to the disk. */
    private final Room places;

    /** Clears what a stop left behind; blocks. */
    Uploads(GoosebitPorts ports, GoosebitSettings settings, Bodies bodies) {
        this.ports = ports;
        this.settings = settings;
        this.bodies = bodies;
        this.parts = new Parts(settings);
        this.underWay = new UploadsUnderWay(settings.uploadsMax(), settings.uploadIdle(), ports.clock());
        this.places = new Room(settings.uploadsMax());
        try {
            Files.createDirectories(settings.uploads());
            try (Stream<Path> left = Files.list(settings.uploads())) {
                left.forEach(UploadsUnderWay::delete);
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
                                            named(name),
                                            visit.guest().provenance());
                }));
    }

    /** As devices will see it. Fails with 400, also for one that is empty. */
    private String named(String given) {
        if (given.isBlank()) {
            throw WireFailure.detail(400, "Filename must be specified");
        }
        return ports.intake().fileName(given);
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
        if (url == null || url.isBlank()) {
            return Mono.error(nothingSent());
        }
        if (!HTTP.matcher(url.strip()).lookingAt()) {
            return Mono.error(WireFailure.unprocessable("Software URI protocol unknown"));
        }
        return ports.intake().fetch(RemoteUrl.parse(url), visit.guest().provenance());
    }

    private static WireFailure nothingSent() {
        return WireFailure.unprocessable("Either file or url must be provided");
    }

    /** Adds the piece to what came before it; the last one makes the software, else empty. */
    private Mono<Long> taken(Visit visit, Sent sent, Path piece) {
        String given = sent.field("filename");
        String name = named(given == null ? "" : given);
        if (sent.fileName() == null) {
            return Mono.error(nothingSent());
        }
        boolean first = isTrue(sent.field("init"));
        boolean last = isTrue(sent.field("done"));
        Path whole = settings.uploads()
                .resolve("whole-" + Ids.digest(visit.guest().caller().actor() + "\n" + name));
        return Mono.<Void>fromRunnable(() -> underWay.enter(whole, first))
                .then(onDisk(() -> append(piece, whole, first)))
                .flatMap(size -> {
                    if (size > settings.fileBytesMax()) {
                        underWay.leave(whole);
                        return onDisk(() -> UploadsUnderWay.delete(whole))
                                .then(Mono.<Long>error(WireFailure.tooLarge(settings.fileBytesMax())));
                    }
                    if (!last) {
                        return Mono.empty();
                    }
                    underWay.leave(whole);
                    return ports.intake()
                            .upload(read(whole), name, visit.guest().provenance())
                            .doFinally(
                                    end -> Schedulers.boundedElastic().schedule(() -> UploadsUnderWay.delete(whole)));
                });
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null && (text.equalsIgnoreCase("true") || text.equals("1"));
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

    /** Gives a new file for as long as the work on it lasts. Fails with 503 when too many are at it. */
    private <T> Mono<T> withFile(Function<Path, Mono<T>> work) {
        return Mono.using(
                () -> {
                    if (!places.take(1)) {
                        throw WireFailure.tryAgain("Too many files are being uploaded at the moment.");
                    }
                    return 1L;
                },
                taken -> Mono.usingWhen(
                        onDisk(() -> Files.createTempFile(settings.uploads(), "part-", null)),
                        work,
                        file -> onDisk(() -> UploadsUnderWay.delete(file))),
                places::giveBack);
    }

    private static <T> Mono<T> onDisk(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
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
