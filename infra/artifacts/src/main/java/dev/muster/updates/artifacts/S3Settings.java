package dev.muster.updates.artifacts;

import java.net.URI;
import java.time.Duration;

/**
 * Which bucket of which S3 store holds the artifacts.
 *
 * @param endpoint address of the store, e.g. {@code https://s3.example.org}; the bucket is not part of it
 * @param region region the requests are signed for
 * @param bucket name of the bucket; it must exist
 * @param accessKey who asks
 * @param secretKey what they sign with; never shown
 * @param keyPrefix stands in front of every key, e.g. {@code artifacts/}, or empty
 * @param presign whether devices may get links that lead to the store itself
 * @param presignLife how long such a link works, at most seven days
 * @param freeSpaceMin bytes that stay free on the local disk while uploads pass through it
 * @param connectTimeout until a connection stands
 * @param ioTimeout between two signs of life on a connection
 * @param connectionsMax requests to the store at a time
 */
public record S3Settings(
        URI endpoint,
        String region,
        String bucket,
        String accessKey,
        String secretKey,
        String keyPrefix,
        boolean presign,
        Duration presignLife,
        long freeSpaceMin,
        Duration connectTimeout,
        Duration ioTimeout,
        int connectionsMax) {

    private static final Duration PRESIGN_LIFE_MAX = Duration.ofDays(7);

    public S3Settings {
        if (bucket.isBlank() || accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("an S3 store needs a bucket, an access key and a secret key");
        }
        if (presignLife.compareTo(Duration.ofSeconds(1)) < 0 || presignLife.compareTo(PRESIGN_LIFE_MAX) > 0) {
            throw new IllegalArgumentException("presigned links live between a second and seven days");
        }
        if (freeSpaceMin < 0 || connectionsMax < 1) {
            throw new IllegalArgumentException("freeSpaceMin and connectionsMax must be positive");
        }
    }

    /** The usual: region us-east-1, no prefix, links of 15 minutes if any, 256 MiB kept free, 64 connections. */
    public static S3Settings of(URI endpoint, String bucket, String accessKey, String secretKey, boolean presign) {
        return new S3Settings(
                endpoint,
                "us-east-1",
                bucket,
                accessKey,
                secretKey,
                "",
                presign,
                Duration.ofMinutes(15),
                256L * 1024 * 1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                64);
    }

    /** The same in another region. */
    public S3Settings in(String other) {
        return new S3Settings(
                endpoint,
                other,
                bucket,
                accessKey,
                secretKey,
                keyPrefix,
                presign,
                presignLife,
                freeSpaceMin,
                connectTimeout,
                ioTimeout,
                connectionsMax);
    }

    /** A part of the same bucket to which no links lead. */
    public S3Settings apart(String folder, int connections) {
        return new S3Settings(
                endpoint,
                region,
                bucket,
                accessKey,
                secretKey,
                keyPrefix + folder + "/",
                false,
                presignLife,
                freeSpaceMin,
                connectTimeout,
                ioTimeout,
                connections);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "S3Settings[%s, bucket %s, prefix '%s', access key %s]"
                .formatted(endpoint, bucket, keyPrefix, accessKey);
    }
}
