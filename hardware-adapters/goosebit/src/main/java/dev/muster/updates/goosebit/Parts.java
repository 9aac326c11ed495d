package dev.muster.updates.goosebit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.codec.multipart.PartEventHttpMessageReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads a form of several parts as it comes in: fields into memory, the one file to the disk. */
final class Parts {

    private static final int PARTS_MAX = 32;
    private static final int FIELD_BYTES_MAX = 16 * 1024;
    private static final int HEADERS_BYTES_MAX = 16 * 1024;
    private static final ResolvableType EVENTS = ResolvableType.forClass(PartEvent.class);

    private final GoosebitSettings settings;
    private final PartEventHttpMessageReader reader = new PartEventHttpMessageReader();

    Parts(GoosebitSettings settings) {
        this.settings = settings;
        reader.setMaxParts(PARTS_MAX);
        reader.setMaxInMemorySize(FIELD_BYTES_MAX);
        reader.setMaxHeadersSize(HEADERS_BYTES_MAX);
    }

    /** What came. */
    static final class Sent {

        private final Map<String, String> fields = new HashMap<>();
        private @Nullable String fileName;

        /** A field's text; null when it was not sent. */
        @Nullable
        String field(String name) {
            return fields.get(name);
        }

        /** The file's name as it was sent; null when no file was. */
        @Nullable
        String fileName() {
            return fileName;
        }
    }

    /**
     * Reads all of it. Fails with 400, 408, 413.
     *
     * @param file name of the part that is a file; others are passed over, but count
     * @param target where its content goes, a new file
     * @param bytesMax of all files together
     */
    Mono<Sent> read(Visit visit, String file, Path target, long bytesMax) {
        return Mono.defer(() -> {
            Sent sent = new Sent();
            AtomicLong bytes = new AtomicLong();
            return reader.read(EVENTS, visit.request, Map.of())
                    .timeout(settings.bodyTimeout())
                    .windowUntil(PartEvent::isLast)
                    .concatMap(part -> part.switchOnFirst((first, events) -> {
                        PartEvent event = first.get();
                        Flux<PartEvent> bounded = events.doOnNext(each -> count(each, bytes, bytesMax));
                        return event == null ? events.then() : taken(event, bounded, file, target, sent);
                    }))
                    .then(Mono.just(sent))
                    .onErrorMap(TimeoutException.class, e -> WireFailure.tooSlow())
                    .onErrorMap(DataBufferLimitException.class, e -> WireFailure.tooLarge(FIELD_BYTES_MAX))
                    .onErrorMap(
                            DecodingException.class,
                            e -> WireFailure.detail(400, "There was an error parsing the body"));
        });
    }

    /** What is not wanted is read as well, so it must not be endless either. Fields have a limit of their own. */
    private static void count(PartEvent event, AtomicLong bytes, long bytesMax) {
        if (event instanceof FormPartEvent) {
            return;
        }
        if (bytes.addAndGet(event.content().readableByteCount()) > bytesMax) {
            DataBufferUtils.release(event.content());
            throw WireFailure.tooLarge(bytesMax);
        }
    }

    /** One whose name is empty is a file as well, or nobody could be told what is wrong. */
    private static boolean isFile(PartEvent part) {
        String disposition = part.headers().getFirst(HttpHeaders.CONTENT_DISPOSITION);
        return part instanceof FilePartEvent || (disposition != null && disposition.contains("filename="));
    }

    private static Mono<Void> taken(PartEvent first, Flux<PartEvent> events, String file, Path target, Sent sent) {
        if (first instanceof FormPartEvent) {
            return events.doOnNext(event -> {
                        if (event instanceof FormPartEvent field) {
                            sent.fields.put(field.name(), field.value());
                        }
                    })
                    .then();
        }
        boolean wanted = isFile(first) && first.name().equals(file) && sent.fileName == null;
        if (!wanted) {
            return events.doOnNext(event -> DataBufferUtils.release(event.content()))
                    .then();
        }
        sent.fileName = first.headers().getContentDisposition().getFilename();
        if (sent.fileName == null) {
            sent.fileName = "";
        }
        Flux<DataBuffer> content = events.map(PartEvent::content);
        return DataBufferUtils.write(content, target).subscribeOn(Schedulers.boundedElastic());
    }
}
