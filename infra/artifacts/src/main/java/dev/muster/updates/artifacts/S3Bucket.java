package dev.muster.updates.artifacts;

import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import dev.muster.updates.UpdatesRefusal;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of a bucket: {@code <prefix>ab/ab12…} holds the content, and its user metadata the other facts, so that
 * both appear in the same instant. All of this blocks.
 */
final class S3Bucket implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(S3Bucket.class);
    private static final String SHA1 = "sha1";
    private static final String MD5 = "md5";
    private static final String STORED_AT = "stored-at";
    private static final Set<String> ABSENT = Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound", "NotFound");
    private static final int RETRIES = 2;

    private final S3Settings settings;
    private final OkHttpClient http;
    private final MinioClient client;

    S3Bucket(S3Settings settings) {
        this.settings = settings;
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(settings.connectionsMax());
        dispatcher.setMaxRequestsPerHost(settings.connectionsMax());
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.ioTimeout())
                .writeTimeout(settings.ioTimeout())
                .build();
        this.client = MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http)
                .build();
    }

    Optional<StoredArtifact> find(String sha256) {
        return ask(() -> client.statObject(StatObjectArgs.builder()
                        .bucket(settings.bucket())
                        .object(key(sha256))
                        .build()))
                .flatMap(found -> artifact(sha256, found));
    }

    /** The object appears when all of it has arrived; the client sends large files in parts. */
    void put(Path file, Digests digests, Instant now) {
        Map<String, String> facts = Map.of(SHA1, digests.sha1(), MD5, digests.md5(), STORED_AT, now.toString());
        Optional<ObjectWriteResponse> written = ask(() -> client.uploadObject(UploadObjectArgs.builder()
                .bucket(settings.bucket())
                .object(key(digests.sha256()))
                .filename(file.toString())
                .contentType("application/octet-stream")
                .userMetadata(facts)
                .maxRetries(RETRIES)
                .build()));
        if (written.isEmpty()) {
            throw refusal();
        }
    }

    /** Empty when there is no such object. The length must be positive, and the caller closes the answer. */
    Optional<GetObjectResponse> get(String sha256, long offset, long length) {
        return ask(() -> client.getObject(GetObjectArgs.builder()
                .bucket(settings.bucket())
                .object(key(sha256))
                .offset(offset)
                .length(length)
                .build()));
    }

    void remove(String sha256) {
        ask(() -> {
            client.removeObject(RemoveObjectArgs.builder()
                    .bucket(settings.bucket())
                    .object(key(sha256))
                    .build());
            return true;
        });
    }

    /** Only computes a signature; nothing is asked over the network. */
    String presigned(String sha256, String contentDisposition) {
        try {
            return client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(Http.Method.GET)
                    .bucket(settings.bucket())
                    .object(key(sha256))
                    .expiry((int) settings.presignLife().toSeconds(), TimeUnit.SECONDS)
                    .extraQueryParams(Map.of("response-content-disposition", contentDisposition))
                    .build());
        } catch (MinioException e) {
            throw new IllegalStateException("a link could not be signed", e);
        }
    }

    int connectionsInUse() {
        return http.connectionPool().connectionCount() - http.connectionPool().idleConnectionCount();
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private String key(String sha256) {
        return settings.keyPrefix() + sha256.substring(0, 2) + "/" + sha256;
    }

    private Optional<StoredArtifact> artifact(String sha256, StatObjectResponse found) {
        String sha1 = found.userMetadata().getFirst(SHA1);
        String md5 = found.userMetadata().getFirst(MD5);
        if (sha1 == null || md5 == null) {
            log.warn("the object of artifact {} lacks its metadata; it counts as gone", sha256);
            return Optional.empty();
        }
        Instant storedAt = storedAt(found.userMetadata().getFirst(STORED_AT), found);
        return Optional.of(new StoredArtifact(sha256, sha1, md5, found.size(), storedAt, null));
    }

    private static Instant storedAt(@Nullable String text, StatObjectResponse found) {
        try {
            return text == null ? found.lastModified().toInstant() : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return found.lastModified().toInstant();
        }
    }

    /** Empty when the store says that there is no such object. Its own words go to the log, not to callers. */
    private <T> Optional<T> ask(Request<T> request) {
        try {
            return Optional.of(request.send());
        } catch (ErrorResponseException e) {
            if (ABSENT.contains(e.errorResponse().code())) {
                return Optional.empty();
            }
            log.warn("the S3 store at {} says no", settings.endpoint(), e);
            throw refusal();
        } catch (MinioException | IllegalStateException e) {
            // The client wraps a refused or broken connection into the latter.
            log.warn("the S3 store at {} failed", settings.endpoint(), e);
            throw refusal();
        }
    }

    private interface Request<T> {
        T send() throws MinioException;
    }

    private static Refused refusal() {
        return UpdatesRefusal.ARTIFACT_STORE_UNAVAILABLE.because("The artifact store did not answer as it should.");
    }
}
