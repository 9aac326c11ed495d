package dev.muster.files;

import dev.muster.files.ByteRanges.Piece;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends a file or pieces of it: from the disk straight to the socket where the store has a path, else as a stream
 * that reads no faster than the device.
 */
public final class FileSender {

    private final ArtifactStore store;

    public FileSender(ArtifactStore store) {
        this.store = store;
    }

    /** @param pieces in file order; none for the whole file */
    public Mono<Void> send(ServerHttpResponse response, StoredArtifact file, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return run(response, file, 0, file.size());
        }
        response.setStatusCode(HttpStatusCode.valueOf(206));
        if (pieces.size() == 1) {
            Piece piece = pieces.getFirst();
            response.getHeaders().set(HttpHeaders.CONTENT_RANGE, piece.contentRange(file.size()));
            return run(response, file, piece.first(), piece.length());
        }
        return parts(response, file, pieces);
    }

    private Mono<Void> run(ServerHttpResponse response, StoredArtifact file, long from, long length) {
        response.getHeaders().setContentLength(length);
        if (length == 0) {
            return response.setComplete();
        }
        if (file.path() != null && response instanceof ZeroCopyHttpOutputMessage zeroCopy) {
            return zeroCopy.writeWith(file.path(), from, length);
        }
        return response.writeWith(read(response.bufferFactory(), file, from, length));
    }

    private Flux<DataBuffer> read(DataBufferFactory buffers, StoredArtifact file, long from, long length) {
        return store.read(file.sha256(), from, length).map(buffers::wrap);
    }

    /**
     * {@code multipart/byteranges}. SWUpdate's delta download lower-cases the header before it looks for the boundary
     * and wants exactly one blank before it, so the boundary has neither capitals nor quotes.
     */
    private Mono<Void> parts(ServerHttpResponse response, StoredArtifact file, List<Piece> pieces) {
        String boundary = boundary();
        DataBufferFactory buffers = response.bufferFactory();
        List<Flux<DataBuffer>> body = new ArrayList<>();
        long length = 0;
        String lead = "--";
        for (Piece piece : pieces) {
            byte[] head = (lead + boundary + "\r\nContent-Type: application/octet-stream\r\nContent-Range: "
                            + piece.contentRange(file.size()) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            body.add(Flux.defer(() -> Flux.just(buffers.wrap(head))));
            body.add(read(buffers, file, piece.first(), piece.length()));
            length += head.length + piece.length();
            lead = "\r\n--";
        }
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        body.add(Flux.defer(() -> Flux.just(buffers.wrap(end))));
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, "multipart/byteranges; boundary=" + boundary);
        headers.setContentLength(length + end.length);
        return response.writeWith(Flux.concat(body));
    }

    /** No secret, it only must not stand in the file; the generator for secrets would make the event loop read a file. */
    private static String boundary() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString().replace("-", "");
    }
}
