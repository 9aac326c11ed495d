package dev.muster.observe;

import reactor.core.publisher.Mono;

/** Where the texts of documents lie, addressed by content; the server puts its artifact store behind this. */
public interface ContentStore {

    /** Stores durably and answers the lower-case hex SHA-256; storing the same content twice stores it once. */
    Mono<String> keep(byte[] content);

    /** Fails with {@link ObserveRefusal#CONTENT_MISSING} when there is none. */
    Mono<byte[]> read(String sha256, long size);
}
