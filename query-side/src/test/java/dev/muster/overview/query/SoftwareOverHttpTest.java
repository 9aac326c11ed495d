package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.OS_2;

import dev.muster.updates.ArtifactStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class SoftwareOverHttpTest extends OverHttp {

    @Nested
    class Software {

        @Test
        void aReleaseTellsWhoRunsIt() {
            server.fleet.released(OS_1, List.of()).released(OS_2, List.of());
            server.fleet.registered("a").assigned("a", 1, OS_1).finished("a", 1, OS_1);

            body("/api/v1/releases?q=OS+1.0")
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].devicesInstalled")
                    .isEqualTo(1);
            String tag = get("/api/v1/releases/" + OS_1.id())
                    .expectBody()
                    .jsonPath("$.valid")
                    .isEqualTo(true)
                    .jsonPath("$.revision")
                    .isEqualTo(0)
                    .returnResult()
                    .getResponseHeaders()
                    .getETag();
            server.web()
                    .get()
                    .uri("/api/v1/releases/" + OS_1.id())
                    .header("If-None-Match", tag)
                    .exchange()
                    .expectStatus()
                    .isNotModified();
            get("/api/v1/releases/" + UUID.randomUUID()).expectStatus().isNotFound();
            get("/api/v1/releases/nonsense").expectStatus().isNotFound();
        }

        @Test
        void aFileIsDownloadedWholeOrInPart() {
            byte[] content = "0123456789".getBytes(StandardCharsets.UTF_8);
            String sha256 = "a".repeat(64);
            server.artifacts = new OneFile(sha256, content);
            String uri = "/api/v1/artifacts/" + sha256;

            get(uri).expectHeader()
                    .contentLength(10)
                    .expectHeader()
                    .valueEquals("ETag", "\"" + sha256 + "\"")
                    .expectBody(String.class)
                    .isEqualTo("0123456789");
            for (Map.Entry<String, String> range : Map.of("bytes=2-4", "234", "bytes=7-", "789", "bytes=-2", "89")
                    .entrySet()) {
                server.web()
                        .get()
                        .uri(uri)
                        .header("Range", range.getKey())
                        .exchange()
                        .expectStatus()
                        .isEqualTo(206)
                        .expectBody(String.class)
                        .isEqualTo(range.getValue());
            }
            server.web()
                    .get()
                    .uri(uri)
                    .header("Range", "bytes=10-")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(416);
            server.web()
                    .get()
                    .uri(uri)
                    .header("Range", "bytes=1-2,4-5")
                    .exchange()
                    .expectStatus()
                    .isOk();
            server.web()
                    .get()
                    .uri(uri)
                    .header("Range", "lines=1")
                    .exchange()
                    .expectStatus()
                    .isOk();
            server.web()
                    .get()
                    .uri(uri)
                    .header("If-None-Match", "\"" + sha256 + "\"")
                    .exchange()
                    .expectStatus()
                    .isNotModified();
            get("/api/v1/artifacts/" + "b".repeat(64)).expectStatus().isNotFound();
            get("/api/v1/artifacts/..%2f..%2fetc%2fpasswd").expectStatus().is4xxClientError();
        }
    }

    /** A store with one file in it. */
    private record OneFile(String sha256, byte[] content) implements ArtifactStore {

        @Override
        public Mono<StoredArtifact> store(Flux<ByteBuffer> bytes, long sizeMax, Inspection inspection) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<StoredArtifact> find(String wanted) {
            return wanted.equals(sha256)
                    ? Mono.just(new StoredArtifact(sha256, "", "", content.length, Instant.EPOCH, null))
                    : Mono.empty();
        }

        @Override
        public Flux<ByteBuffer> read(String wanted, long offset, long length) {
            return Flux.just(ByteBuffer.wrap(Arrays.copyOfRange(content, (int) offset, (int) (offset + length))));
        }

        @Override
        public Mono<Boolean> delete(String wanted) {
            return Mono.just(false);
        }
    }
}
